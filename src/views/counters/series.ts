import type { Ns } from '../../abi/units.ts';
import type { TimeRange } from '../../store/scrub.ts';
import { type Samples, valueAt } from '../shared/sampled.ts';

export interface Point {
  readonly atNs: Ns;
  readonly value: number;
}

/** The samples within a range, at most `most` of them: of each stretch the one that differs most from its neighbour. */
export function seriesOf(
  samples: Samples,
  column: number,
  { fromNs, toNs }: TimeRange,
  isRate: boolean,
  most: number,
): readonly Point[] {
  const first = samples.takenBy(fromNs - 1);
  const last = samples.takenBy(toNs);
  const stretch = Math.max(1, Math.ceil((last - first) / most));
  const points: Point[] = [];
  for (let from = first; from < last; from += stretch) {
    let chosen: Point | undefined;
    const shown = points.at(-1)?.value ?? 0;
    for (let row = from; row < Math.min(last, from + stretch); row++) {
      const value = valueAt(samples, column, row, isRate);
      if (Number.isNaN(value)) continue;
      if (!chosen || Math.abs(value - shown) > Math.abs(chosen.value - shown))
        chosen = { atNs: samples.timeNs[row]!, value };
    }
    if (chosen) points.push(chosen);
  }
  return points;
}
