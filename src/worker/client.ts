import type { RunError } from '../abi/errors.ts';
import type { EngineApi } from '../abi/protocol.ts';
import type { MachineId } from '../abi/scenario.ts';
import { guardWorker, type MachineClient, machineCalls, type WorkerLike } from './guard.ts';

/** A simulated machine in a thread of its own. `onLost` is called once, whatever went wrong first. */
export function startEngine(machine: MachineId, onLost: (error: RunError) => void): MachineClient {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: `machine ${machine}`,
  });
  return connect(machine, worker, onLost);
}

export const connect = (machine: MachineId, worker: WorkerLike, onLost: (error: RunError) => void): MachineClient =>
  machineCalls(guardWorker<EngineApi>(machine, worker, onLost));
