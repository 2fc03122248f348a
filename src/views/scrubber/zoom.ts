import type { Ns } from '../../abi/units.ts';
import type { TimeRange } from '../../store/scrub.ts';

/** Closer than two samples there is nothing to see. */
const SPAN_MIN_NS: Ns = 100e6;

/** What the scrubber shows: the part asked for, kept inside the run; or all of it. */
export function shownRange(zoom: TimeRange | undefined, untilNs: Ns): TimeRange {
  if (!zoom || zoom.fromNs >= untilNs) return { fromNs: 0, toNs: untilNs };
  const spanNs = Math.min(untilNs, Math.max(SPAN_MIN_NS, zoom.toNs - zoom.fromNs));
  const fromNs = Math.max(0, Math.min(zoom.fromNs, untilNs - spanNs));
  return { fromNs, toNs: fromNs + spanNs };
}

/** The part between two times in any order; undefined where they are too close to mean one. */
export function selected(oneNs: Ns, otherNs: Ns): TimeRange | undefined {
  const fromNs = Math.min(oneNs, otherNs);
  const toNs = Math.max(oneNs, otherNs);
  return toNs - fromNs < SPAN_MIN_NS ? undefined : { fromNs, toNs };
}

/** `factor` times as much around `aroundNs`, which stays where it is; undefined: all of the run. */
export function zoomed(range: TimeRange, factor: number, aroundNs: Ns, untilNs: Ns): TimeRange | undefined {
  const spanNs = Math.max(SPAN_MIN_NS, (range.toNs - range.fromNs) * factor);
  if (spanNs >= untilNs) return undefined;
  const share = Math.min(1, Math.max(0, (aroundNs - range.fromNs) / (range.toNs - range.fromNs)));
  const fromNs = Math.round(Math.min(untilNs - spanNs, Math.max(0, aroundNs - share * spanNs)));
  return { fromNs, toNs: Math.round(fromNs + spanNs) };
}

/** The same span with `atNs` in its middle. */
export function centred({ fromNs, toNs }: TimeRange, atNs: Ns, untilNs: Ns): TimeRange {
  const spanNs = toNs - fromNs;
  const from = Math.round(Math.max(0, Math.min(untilNs - spanNs, atNs - spanNs / 2)));
  return { fromNs: from, toNs: from + spanNs };
}

/** The playhead has just left what is shown: the same span with it near the edge it comes from; else undefined. */
export function following({ fromNs, toNs }: TimeRange, wasNs: Ns, atNs: Ns, untilNs: Ns): TimeRange | undefined {
  const isShown = (ns: Ns) => ns >= fromNs && ns <= toNs;
  // Who looks at another part than the one that time goes by in does so on purpose.
  if (!isShown(wasNs) || isShown(atNs)) return undefined;
  const spanNs = toNs - fromNs;
  const wantedNs = atNs > toNs ? atNs - spanNs * 0.1 : atNs - spanNs * 0.9;
  const from = Math.round(Math.max(0, Math.min(untilNs - spanNs, wantedNs)));
  return { fromNs: from, toNs: from + spanNs };
}
