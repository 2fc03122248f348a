import { err, type Result } from '../abi/errors.ts';
import type { Ns } from '../abi/units.ts';

/** Where the machine stood when something was thrown. */
export interface Whereabouts {
  readonly atNs: Ns;
  readonly seed: number;
  readonly hash: () => string;
}

/** As Chromium, Firefox and Safari say it. */
const NO_MEMORY = /allocat|out of memory/i;

/** What leaves the worker is a value: comlink would strip an error of all but its text. */
export function contain<T>(call: () => Result<T>, whereabouts: () => Whereabouts): Result<T> {
  try {
    return call();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const { atNs, seed, hash } = whereabouts();
    if (cause instanceof RangeError && NO_MEMORY.test(message)) return err({ kind: 'out-of-memory', atNs, message });
    return err({ kind: 'engine-bug', message, atNs, seed, hash: afterFailure(hash) });
  }
}

/** The state is suspect after a broken invariant, so that its hash may fail as well. */
function afterFailure(hash: () => string): string {
  try {
    return hash();
  } catch {
    return 'unreadable';
  }
}
