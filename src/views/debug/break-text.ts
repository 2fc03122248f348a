import type { Hit } from '../../abi/breakpoint.ts';
import type { Parting } from '../../abi/divergence.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { Bytes, Ns } from '../../abi/units.ts';
import type { BreakEnd, Watched } from '../../store/breaks.ts';
import { group, THIN } from '../shared/format.ts';

/** What can be run until, in the order of the list. */
export const BREAKS: readonly { readonly what: Watched; readonly label: string }[] = [
  { what: 'direct-writepage', label: 'direct reclaim calls ->writepage' },
  { what: 'free-below-min', label: 'free pages are down to min' },
  { what: 'oom', label: 'the OOM killer kills' },
  { what: 'memcg-limit', label: 'a memory cgroup is at its limit' },
  { what: 'divergence', label: 'A and B differ for the first time' },
  { what: 'stack', label: 'a kernel stack is deeper than' },
];

/** Beside a trace all but where A and B differ: a trace does not hold the state of its machine. */
export const breaksBeside = (traced: MachineId | undefined): typeof BREAKS =>
  traced ? BREAKS.filter(({ what }) => what !== 'divergence') : BREAKS;

/** What of the list a trace can meet. */
export const tracedBreaksText = (traced: MachineId): string =>
  `${traced} is a trace: of these only a call of ->writepage by direct reclaim is an event in it. The others are watched in ${traced === 'A' ? 'B' : 'A'} alone.`;

/** Why "run until" is over, in one sentence. */
export function endText(end: BreakEnd, untilS: number): string {
  if (end.by === 'end') return `The scene ends at ${untilS} s, and nothing of this has come up.`;
  if (end.by === 'parting') return partingText(end.parting, end.atNs);
  const { A, B } = end.hits;
  const both = A && B ? ` B at the same time: ${hitText(B)}.` : '';
  const machine: MachineId = A ? 'A' : 'B';
  const first = A ?? B;
  return first ? `${machine} stopped at ${preciseSeconds(end.atNs)} s: ${hitText(first)}.${both}` : '';
}

/** What stopped the machine, if it was stopped. */
export function culpritOf(end: BreakEnd | 'under way' | undefined, machine: MachineId): Hit | undefined {
  return end === undefined || end === 'under way' || end.by !== 'hit' ? undefined : end.hits[machine];
}

/** What has happened, and by which rule of the model. */
function hitText({ kind, who, value, bound }: Hit): string {
  switch (kind) {
    case 'direct-writepage':
      return `direct reclaim of ${who} called ->writepage (R4.1)`;
    case 'stack':
      return `the stack of ${who} got ${group(value)} bytes deep, more than ${group(bound)} (§11.4)`;
    case 'free-below-min':
      return `${group(value)} pages are free, and min is ${group(bound)} (R1.6)`;
    case 'oom':
      return `the OOM killer chose ${who} (R1.12)`;
    case 'memcg-limit':
      return `group ${who} has no room for a charge below its limit of ${group(value)} pages (R6.4)`;
  }
}

function partingText({ atNs, eventsDone, A, B }: Parting, hereNs: Ns): string {
  const when = `at ${preciseSeconds(atNs)} s, after ${group(eventsDone)} equal events`;
  if (hereNs > atNs) return `A and B differ already: since ${preciseSeconds(atNs)} s.`;
  return `A and B differ ${when}. A, ${A.by.name}: “${A.did}”. B, ${B.by.name}: “${B.did}”.`;
}

/** "14.203 417": to the microsecond, since several events share a millisecond. */
function preciseSeconds(ns: Ns): string {
  const [whole, part] = (ns / 1e9).toFixed(6).split('.');
  return `${whole}.${part!.slice(0, 3)}${THIN}${part!.slice(3)}`;
}

/** The depth that was typed, or the sentence that says why it is none. */
export function parseBytes(text: string, threadSizeBytes: Bytes): Bytes | string {
  const digits = text.replace(/\s/g, '');
  const bytes = /^\d+$/.test(digits) ? Number(digits) : 0;
  if (bytes >= 1 && bytes < threadSizeBytes) return bytes;
  return `Stack depth is “${text}”; it must be a whole number of bytes from 1 to ${group(threadSizeBytes - 1)}.`;
}
