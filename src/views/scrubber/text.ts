import { SAMPLE_ACTORS, SAMPLE_NS, type SampleActor } from '../../abi/frame.ts';
import type { TimedInput } from '../../abi/scenario.ts';
import type { Ns, Pages } from '../../abi/units.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import type { Marker, TimeRange } from '../../store/scrub.ts';
import { group, percent, seconds } from '../shared/format.ts';

/** The slider's value in words. */
export function scrubberText(
  atNs: Ns,
  untilNs: Ns,
  { fromNs, toNs }: TimeRange,
  inputs: number,
  markers: Readonly<Partial<Record<Marker, Ns>>>,
  gaps = 0,
): string {
  const parts = [`${seconds(atNs)} of ${untilNs / 1e9} seconds`];
  if (toNs - fromNs < untilNs) parts.push(`zoomed to ${seconds(fromNs)} to ${seconds(toNs)}`);
  if (inputs > 0) parts.push(inputs === 1 ? '1 knob turned on the way' : `${inputs} knobs turned on the way`);
  for (const marker of ['a', 'b'] as const) {
    const markerNs = markers[marker];
    if (markerNs !== undefined) parts.push(`marker ${marker} at ${seconds(markerNs)}`);
  }
  if (gaps > 0) parts.push(gaps === 1 ? 'events lost at 1 place' : `events lost at ${gaps} places`);
  return parts.join(', ');
}

const SAYS: Readonly<Record<SampleActor, string>> = {
  kswapd: 'kswapd awake',
  direct: 'direct reclaim',
  memcg: 'memcg reclaim',
  flusher: 'flusher at work',
};

export interface Glance {
  /** Empty: not known. */
  readonly dirty: string;
  /** Who was at work, with what to call it. */
  readonly acted: readonly { readonly actor: SampleActor; readonly says: string }[];
  readonly killed: number;
  readonly overflowed: number;
}

/** What one machine did around a time, as far as it has been sampled there. */
export function glanceAt(samples: SampleHistory, atNs: Ns, totalPages: Pages): Glance | undefined {
  const row = samples.takenBy(atNs - 1);
  const takenNs = samples.timeNs[row];
  if (takenNs === undefined || takenNs - SAMPLE_NS > atNs) return undefined;
  const acted = SAMPLE_ACTORS.filter((_, i) => samples.acted[row]![i]! > 0).map((actor) => ({
    actor,
    says: SAYS[actor],
  }));
  return {
    dirty: dirtyWords(samples.dirtyPages[row]!, totalPages),
    acted,
    killed: samples.oomKills[row]!,
    overflowed: samples.overflows[row]!,
  };
}

/** Of memory, or in pages where its size is not known. */
function dirtyWords(pages: Pages, totalPages: Pages): string {
  if (Number.isNaN(pages)) return '';
  return Number.isNaN(totalPages) ? `${group(pages)} pages dirty` : `${percent(pages / totalPages)} dirty`;
}

/** The knobs turned near a time, nearest first. */
export const turnedNear = (inputs: readonly TimedInput[], atNs: Ns, withinNs: Ns): readonly TimedInput[] =>
  inputs
    .filter((input) => Math.abs(input.atNs - atNs) <= withinNs)
    .sort((one, other) => Math.abs(one.atNs - atNs) - Math.abs(other.atNs - atNs));
