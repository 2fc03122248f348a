import type { TimedInput } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import { MACHINES } from './feed.ts';
import type { History } from './history.ts';
import type { SampleHistory } from './sample-history.ts';

/** A task that spent a whole sample stuck in reclaim is stalled; shorter waits are the ordinary work of reclaim. */
const WHOLE = 0.98;
export const isStalled = (samples: SampleHistory, row: number): boolean =>
  samples.stalled[row]?.some((share) => share >= WHOLE) ?? false;

/** Times worth marking exactly: knobs turned, stalls that begin, tasks killed, stacks that overflowed, kernels that ended. */
export function landmarks(history: History, inputs: readonly TimedInput[]): Ns[] {
  const times = inputs.map(({ atNs }) => atNs);
  for (const id of MACHINES) {
    const samples = history.samples[id];
    const end = history.ends[id];
    if (end) times.push(end.atNs);
    samples.timeNs.forEach((atNs, row) => {
      const begins = isStalled(samples, row) && !isStalled(samples, row - 1);
      if (begins || samples.oomKills[row]! > 0 || samples.overflows[row]! > 0) times.push(atNs);
    });
  }
  return times;
}

/** The landmark nearest to `atNs`, if one is near enough; else `atNs` itself. */
export function snapped(atNs: Ns, marks: readonly Ns[], withinNs: Ns): Ns {
  const near = marks.filter((mark) => Math.abs(mark - atNs) <= withinNs);
  return near.reduce((best, mark) => (Math.abs(mark - atNs) < Math.abs(best - atNs) ? mark : best), near[0] ?? atNs);
}
