import { SAMPLE_ACTORS, SAMPLE_NS } from '../../abi/frame.ts';
import type { Ns } from '../../abi/units.ts';
import { isStalled } from '../../store/landmarks.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import type { TimeRange } from '../../store/scrub.ts';

/** Width of a bar with the gap behind it, CSS pixels. */
export const BAR_PX = 3;

/** What happened within one bar of the picture: the most of each that any of its samples has; a bar has no height for what is not known. */
export interface Bar {
  readonly dirtyPages: number;
  readonly writebackPages: number;
  /** In the order of SAMPLE_ACTORS. */
  readonly acted: readonly number[];
  readonly stalled: boolean;
}

export const barCount = (width: number): number => Math.max(1, Math.floor(width / BAR_PX));

export function barAt(ns: Ns, { fromNs, toNs }: TimeRange, bars: number): number {
  return Math.min(bars - 1, Math.max(0, Math.ceil(((ns - fromNs) / (toNs - fromNs)) * bars) - 1));
}

/** A bar has the samples taken in it; one narrower than a sample has the sample that covers it. */
export function barOf(samples: SampleHistory, bar: number, range: TimeRange, bars: number): Bar | undefined {
  const barNs = (range.toNs - range.fromNs) / bars;
  const startNs = range.fromNs + bar * barNs;
  const endNs = startNs + barNs;
  const first = samples.takenBy(startNs);
  const firstNs = samples.timeNs[first];
  if (firstNs === undefined || firstNs - SAMPLE_NS >= endNs) return undefined;
  let after = first + 1;
  while (after < samples.timeNs.length && samples.timeNs[after]! <= endNs) after++;
  const acted: number[] = SAMPLE_ACTORS.map(() => 0);
  let dirtyPages = 0;
  let writebackPages = 0;
  let stalled = false;
  for (let row = first; row < after; row++) {
    dirtyPages = Math.max(dirtyPages, samples.dirtyPages[row]! || 0);
    writebackPages = Math.max(writebackPages, samples.writebackPages[row]! || 0);
    stalled ||= isStalled(samples, row);
    for (let actor = 0; actor < acted.length; actor++)
      acted[actor] = Math.max(acted[actor]!, samples.acted[row]![actor]!);
  }
  return { dirtyPages, writebackPages, acted, stalled };
}
