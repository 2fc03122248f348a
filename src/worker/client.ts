import { type Endpoint, wrap } from 'comlink';
import { err, type Result, type RunError } from '../abi/errors.ts';
import type { EngineApi } from '../abi/protocol.ts';
import type { MachineId } from '../abi/scenario.ts';
import { watchPulse } from './pulse.ts';

/** One machine as the page sees it: every call answers, also when the thread behind it is gone. */
export interface EngineClient extends Omit<EngineApi, 'ping'> {
  /** Ends the thread for good; nothing is reported. */
  close(): void;
  /** Ends the thread the way a crash would: for tests of what the page then says. */
  kill(): void;
}

/** `onLost` is called once, whatever went wrong first. */
export function startEngine(machine: MachineId, onLost: (error: RunError) => void): EngineClient {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: `machine ${machine}`,
  });
  return connect(machine, worker, onLost);
}

/** What of a Worker is used here, so that a test can hand in a port. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
}

export function connect(machine: MachineId, worker: WorkerLike, onLost: (error: RunError) => void): EngineClient {
  const remote = wrap<EngineApi>(worker);
  // A set, and not a race against one long-lived promise, which would keep every call ever made.
  const waiting = new Set<(error: RunError) => void>();
  let lost: RunError | undefined;

  const lose = (message: string) => {
    if (lost) return;
    lost = { kind: 'worker-lost', machine, message };
    pulse.stop();
    worker.terminate();
    for (const settle of waiting) settle(lost);
    onLost(lost);
  };
  const pulse = watchPulse(() => remote.ping(), lose);
  // comlink listens for messages only: a script that fails to load would leave every call pending.
  worker.addEventListener('error', (event) =>
    lose(('message' in event && String(event.message)) || 'its script did not load'),
  );
  worker.addEventListener('messageerror', () => lose('a message could not be read'));

  /** `slow` calls run unsliced in the worker, so the heartbeat waits longer for them. */
  const guard = <T>(call: () => Promise<Result<T>>, slow: boolean) =>
    new Promise<Result<T>>((resolve) => {
      const settle = (error: RunError) => resolve(err(error));
      if (lost) return settle(lost);
      waiting.add(settle);
      const done = slow ? pulse.bearWith() : () => undefined;
      call()
        .then(resolve, (cause) => lose(String(cause)))
        .finally(() => {
          waiting.delete(settle);
          done();
        });
    });

  return {
    describe: () => guard(() => remote.describe(), false),
    load: (scenario, of, recording) => guard(() => remote.load(scenario, of, recording), true),
    advance: (untilNs, whole, breakpoints) => guard(() => remote.advance(untilNs, whole, breakpoints), false),
    step: (kind, thread) => guard(() => remote.step(kind, thread), true),
    seek: (toNs, eventsDone) => guard(() => remote.seek(toNs, eventsDone), true),
    input: (input) => guard(() => remote.input(input), true),
    replaceInputs: (inputs, fromNs) => guard(() => remote.replaceInputs(inputs, fromNs), true),
    look: (look) => guard(() => remote.look(look), false),
    pageAt: (spot) => guard(() => remote.pageAt(spot), false),
    findEvents: (ask) => guard(() => remote.findEvents(ask), false),
    hash: () => guard(() => remote.hash(), true),
    close: () => {
      if (lost) return;
      lost = { kind: 'worker-lost', machine, message: 'it was ended' };
      pulse.stop();
      worker.terminate();
      for (const settle of waiting) settle(lost);
    },
    kill: () => worker.terminate(),
  };
}
