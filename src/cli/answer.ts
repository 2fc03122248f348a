import { describeError, type RunError } from '../abi/errors.ts';

/** Exit codes: done, an invariant broke (our bug), bad input (one line on stderr, nothing on stdout). */
export const DONE = 0;
export const BROKEN = 1;
const BAD_INPUT = 2;

/** The text and a line end on standard output. */
export function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return DONE;
}

/** One sentence on standard error, and whose mistake it was. */
export function refuse(error: RunError): number {
  process.stderr.write(`${describeError(error)}\n`);
  return error.kind === 'engine-bug' ? BROKEN : BAD_INPUT;
}
