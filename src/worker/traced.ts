import { proxy } from 'comlink';
import type { RunError } from '../abi/errors.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { TracedApi } from '../abi/traced.ts';
import { guardWorker, type MachineClient, machineCalls, type WorkerLike } from './guard.ts';

/** A trace as a machine. Reading is given up by close(), which ends its thread. */
export interface TracedClient extends MachineClient, Pick<TracedApi, 'open' | 'workload' | 'biography' | 'stallList'> {}

/** `onLost` is called once, whatever went wrong first. */
export function startTraced(machine: MachineId, onLost: (error: RunError) => void): TracedClient {
  const worker = new Worker(new URL('./traced.worker.ts', import.meta.url), {
    type: 'module',
    name: `trace ${machine}`,
  });
  return connectTraced(machine, worker, onLost);
}

export function connectTraced(machine: MachineId, worker: WorkerLike, onLost: (error: RunError) => void): TracedClient {
  const guarded = guardWorker<TracedApi>(machine, worker, onLost);
  const { remote, guard } = guarded;
  return {
    ...machineCalls(guarded),
    open: (files, report) => guard(() => remote.open(files, proxy(report)), true),
    workload: () => guard(() => remote.workload(), true),
    biography: (page, untilNs) => guard(() => remote.biography(page, untilNs), true),
    stallList: (untilNs) => guard(() => remote.stallList(untilNs), true),
  };
}
