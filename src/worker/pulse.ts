/** Wall milliseconds. A terminated worker sends no event: only silence tells, so it is asked all the time. */
const ASK_EVERY_MS = 120;
const SILENCE_MS = 550;
/** For calls that the worker does in one piece (boot, seek): a stop in the middle of one is noticed later. */
const SILENCE_IN_LONG_CALL_MS = 6000;
/** Until the first answer the script is still on its way, perhaps over a slow network. */
const SILENCE_AT_START_MS = 15_000;

export interface Pulse {
  stop(): void;
  /** A long call begins; call what it returns when the call has been answered. */
  bearWith(): () => void;
}

/** Asks `ping` again and again; `lose` is told when no answer came for too long. */
export function watchPulse(ping: () => Promise<unknown>, lose: (message: string) => void): Pulse {
  let askedAt: number | undefined;
  let heardOnce = false;
  let longCalls = 0;
  let lastLook = performance.now();
  const ask = () => {
    askedAt = performance.now();
    ping().then(
      () => {
        askedAt = undefined;
        heardOnce = true;
      },
      () => undefined,
    );
  };
  const timer = setInterval(() => {
    const now = performance.now();
    // A page that was asleep itself (hidden tab, laptop lid) must not blame the worker for the gap.
    const late = now - lastLook > 2 * ASK_EVERY_MS;
    lastLook = now;
    if (askedAt === undefined) return ask();
    if (late) askedAt = now;
    const patience = !heardOnce ? SILENCE_AT_START_MS : longCalls > 0 ? SILENCE_IN_LONG_CALL_MS : SILENCE_MS;
    if (now - askedAt > patience) lose(heardOnce ? 'it no longer answers' : 'its script did not load in time');
  }, ASK_EVERY_MS);
  ask();
  return {
    stop: () => clearInterval(timer),
    bearWith: () => {
      longCalls++;
      let over = false;
      return () => {
        if (!over) longCalls--;
        over = true;
        // The worker may have read our last question only now.
        if (askedAt !== undefined) askedAt = performance.now();
      };
    },
  };
}
