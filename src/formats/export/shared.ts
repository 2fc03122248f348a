import { type Ns, S, US } from '../../abi/units.ts';

/** TASK_COMM_LEN without its NUL: the kernel cuts longer names. */
const NAME_CHARS = 15;
export const comm = (name: string): string => name.slice(0, NAME_CHARS);

/** Microseconds as the kernel prints them: cut, not rounded. */
export function secondsMicros(timeNs: Ns): string {
  const seconds = Math.floor(timeNs / S);
  const micros = Math.floor((timeNs - seconds * S) / US);
  return `${seconds}.${String(micros).padStart(6, '0')}`;
}

/** The letters of blktrace for a request of the model: it knows no barriers, no flushes, no read-ahead of its own. */
export const rwbs = (write: number): string => (write === 0 ? 'R' : 'W');
