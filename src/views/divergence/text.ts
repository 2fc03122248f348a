import type { Divergence, Parting, PartingSide } from '../../abi/divergence.ts';
import { group, seconds } from '../shared/format.ts';

/** Where and when, in one sentence. */
export function divergenceText({ at, unlike, untilNs }: Divergence): string {
  if (unlike.length > 0) return `A and B are not alike at boot already: ${unlike.join(', ')}.`;
  if (at === undefined) return `No difference in ${seconds(untilNs)} s: event for event they do the same.`;
  return `${partingText(at)} A: ${at.A.did}. B: ${at.B.did}.`;
}

export function partingText({ atNs, eventsDone, A, B, page }: Parting): string {
  const who = A.by.name === B.by.name ? A.by.name : `${A.by.name} in A and ${B.by.name} in B`;
  const where = A.fn === B.fn || A.by.name !== B.by.name ? '' : ` in ${A.fn} and ${B.fn}`;
  const what = page ? ` treats page ${group(page.index)} of ${page.file} differently` : ' goes on differently';
  return `After ${group(eventsDone)} equal events, at ${preciseSeconds(atNs)} s, ${who}${where}${what}.`;
}

/** To the microsecond: several events share a millisecond. */
export const preciseSeconds = (ns: number): string => (ns / 1e9).toFixed(6);

export const stackText = ({ stack }: PartingSide): string => stack.map((fn) => `${fn}()`).join(' ← ');
