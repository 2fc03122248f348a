import { awaitEnd, type Sign } from './life-lock.ts';

/** Wall milliseconds. */
const ASK_EVERY_MS = 120;
/**
 * How long a thread may be silent. One that has a lock to let go of is known to be alive, and only slow, perhaps because
 * the computer is; of any other, silence is the only sign there is of its end.
 */
const SILENCE_MS = { withLock: 8_000, without: 550 } as const;
/** In calls that the worker does in one piece (boot, seek). */
const SILENCE_IN_LONG_CALL_MS = { withLock: 60_000, without: 6_000 } as const;
/** Until the first answer the script is still on its way, perhaps over a slow network. */
const SILENCE_AT_START_MS = 15_000;

export interface Pulse {
  stop(): void;
  /** A long call begins; call what it returns when the call has been answered. */
  bearWith(): () => void;
}

/** Asks `ping` again and again; `lose` is told when the thread has ended, or gave no answer for too long. */
export function watchPulse(
  ping: () => Promise<unknown>,
  lose: (message: string) => void,
  wall: () => number = () => performance.now(),
): Pulse {
  let askedAt: number | undefined;
  let heardOnce = false;
  let locked = false;
  let longCalls = 0;
  let lastLook = wall();
  const stopped = new AbortController();
  const hear = ({ lock }: Sign) => {
    askedAt = undefined;
    heardOnce = true;
    if (lock === undefined || locked || stopped.signal.aborted) return;
    locked = true;
    awaitEnd(lock, () => lose('it no longer answers'), stopped.signal);
  };
  const ask = () => {
    askedAt = wall();
    ping().then(
      (sign) => hear(sign as Sign),
      () => undefined,
    );
  };
  const patience = () => {
    if (!heardOnce) return SILENCE_AT_START_MS;
    return (longCalls > 0 ? SILENCE_IN_LONG_CALL_MS : SILENCE_MS)[locked ? 'withLock' : 'without'];
  };
  const timer = setInterval(() => {
    const now = wall();
    // A page that was asleep itself (hidden tab, laptop lid) must not blame the worker for the gap.
    const late = now - lastLook > 2 * ASK_EVERY_MS;
    lastLook = now;
    if (askedAt === undefined) return ask();
    if (late) askedAt = now;
    if (now - askedAt > patience()) lose(heardOnce ? 'it no longer answers' : 'its script did not load in time');
  }, ASK_EVERY_MS);
  ask();
  return {
    stop: () => {
      clearInterval(timer);
      stopped.abort();
    },
    bearWith: () => {
      longCalls++;
      let over = false;
      return () => {
        if (!over) longCalls--;
        over = true;
        // The worker may have read our last question only now.
        if (askedAt !== undefined) askedAt = wall();
      };
    },
  };
}
