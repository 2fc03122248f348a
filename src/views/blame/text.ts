import { type DiskShare, STALL_CAUSES, type Stall, type StallList } from '../../abi/stall.ts';
import type { Ns } from '../../abi/units.ts';
import type { StallRef } from '../../store/selection.ts';
import { group, seconds } from '../shared/format.ts';

export const lasted = ({ fromNs, toNs }: Stall): Ns => toNs - fromNs;

/** Milliseconds to a tenth, as every row has them; below one to a hundredth. */
export const millis = (ns: Ns): string => (ns >= 1e6 ? (ns / 1e6).toFixed(1) : (ns / 1e6).toFixed(2));

export const causeOf = ({ cause }: Stall): string => STALL_CAUSES[cause] ?? '';

/** The one sentence above the chain. */
export function headline(stall: Stall): string {
  const { task, fromNs } = stall;
  const how =
    causeOf(stall) === 'waiting'
      ? 'waited'
      : causeOf(stall) === 'throttled'
        ? 'was throttled'
        : `was in ${causeOf(stall)}`;
  return `${task.name} ${how} for ${millis(lasted(stall))} ms from ${seconds(fromNs)}\u00a0s`;
}

export function shareText({ requests, seekNs, rotateNs, transferNs, otherNs }: DiskShare): string {
  const served = `${group(requests)} ${requests === 1 ? 'request' : 'requests'} before it was over`;
  return `${served}: seek ${millis(seekNs)}, rotate ${millis(rotateNs)}, transfer ${millis(transferNs)}, other ${millis(otherNs)} ms`;
}

export function listText({ count, totalNs, stalls }: StallList): string {
  if (count === 0) return 'No program has been held up for a millisecond yet.';
  const shown = stalls.length < count ? `, the longest ${group(stalls.length)} of them here` : '';
  return `${group(count)} ${count === 1 ? 'stall' : 'stalls'} of at least 1 ms, ${millis(totalNs)} ms in all${shown}`;
}

/** The stall that was pointed at: the task's, around that time, or else its nearest one within `slackNs`. */
export function findStall(stalls: readonly Stall[], { task, atNs }: StallRef, slackNs: Ns): number {
  let best = -1;
  let bestNs = slackNs;
  stalls.forEach((stall, at) => {
    if (stall.task.thread !== task) return;
    const awayNs = Math.max(0, stall.fromNs - atNs, atNs - stall.toNs);
    if (awayNs > bestNs || (awayNs === bestNs && best >= 0)) return;
    best = at;
    bestNs = awayNs;
  });
  return best;
}
