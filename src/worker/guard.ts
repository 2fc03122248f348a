import { type Endpoint, type Remote, wrap } from 'comlink';
import { err, type Result, type RunError } from '../abi/errors.ts';
import type { EngineApi } from '../abi/protocol.ts';
import type { MachineId } from '../abi/scenario.ts';
import { watchPulse } from './pulse.ts';

/** One machine as the page sees it: every call answers, also when the thread behind it is gone. */
export interface MachineClient extends Omit<EngineApi, 'ping'> {
  /** Ends the thread for good; nothing is reported. */
  close(): void;
  /** Ends the thread the way a crash would: for tests of what the page then says. */
  kill(): void;
}

/** What of a Worker is used here, so that a test can hand in a port. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
}

/** A thread that may end at any time, behind calls that answer all the same. */
export interface Guarded<Api> {
  readonly remote: Remote<Api>;
  /** `slow` calls run unsliced in the worker, so the heartbeat waits longer for them. */
  guard<T>(call: () => Promise<Result<T>>, slow: boolean): Promise<Result<T>>;
  close(): void;
  kill(): void;
}

/** `onLost` is called once, whatever went wrong first. */
export function guardWorker<Api extends Pick<EngineApi, 'ping'>>(
  machine: MachineId,
  worker: WorkerLike,
  onLost: (error: RunError) => void,
): Guarded<Api> {
  const remote = wrap<Api>(worker);
  // A set, and not a race against one long-lived promise, which would keep every call ever made.
  const waiting = new Set<(error: RunError) => void>();
  let lost: RunError | undefined;

  const end = (error: RunError) => {
    lost = error;
    pulse.stop();
    worker.terminate();
    for (const settle of waiting) settle(error);
  };
  const lose = (message: string) => {
    if (lost) return;
    const error: RunError = { kind: 'worker-lost', machine, message };
    end(error);
    onLost(error);
  };
  const pulse = watchPulse(() => (remote as Remote<Pick<EngineApi, 'ping'>>).ping(), lose);
  // comlink listens for messages only: a script that fails to load would leave every call pending.
  worker.addEventListener('error', (event) =>
    lose(('message' in event && String(event.message)) || 'its script did not load'),
  );
  worker.addEventListener('messageerror', () => lose('a message could not be read'));

  return {
    remote,
    guard: <T>(call: () => Promise<Result<T>>, slow: boolean) =>
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
      }),
    close: () => {
      if (!lost) end({ kind: 'worker-lost', machine, message: 'it was ended' });
    },
    kill: () => worker.terminate(),
  };
}

/** The calls that every machine answers, whatever it plays. */
export function machineCalls({ remote, guard, close, kill }: Guarded<EngineApi>): MachineClient {
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
    close,
    kill,
  };
}
