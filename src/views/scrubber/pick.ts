import type { Ns } from '../../abi/units.ts';
import type { Marker, TimeRange } from '../../store/scrub.ts';
import { HEAD_PX } from './bands.ts';

/** Pointer to virtual time within what is shown. */
export function timeAt(clientX: number, left: number, width: number, { fromNs, toNs }: TimeRange): Ns {
  const share = Math.min(1, Math.max(0, (clientX - left) / Math.max(width, 1)));
  return Math.round(fromNs + share * (toNs - fromNs));
}

/** What a press takes hold of. */
export type Grip =
  | { readonly of: 'time' }
  | { readonly of: 'strip' }
  | { readonly of: 'marker'; readonly marker: Marker };

const MARKER_REACH_PX = 7;

/** `x` and `y` from the track's corner, CSS pixels. Markers are held by their letters, so that the line is no trap. */
export function gripAt(
  x: number,
  y: number,
  {
    isZoomed,
    xOf,
    markers,
  }: {
    readonly isZoomed: boolean;
    readonly xOf: (ns: Ns) => number;
    readonly markers: Readonly<Partial<Record<Marker, Ns>>>;
  },
): Grip {
  if (isZoomed && y < HEAD_PX - 3) return { of: 'strip' };
  if (y < HEAD_PX + 15) {
    for (const marker of ['b', 'a'] as const) {
      const atNs = markers[marker];
      if (atNs !== undefined && Math.abs(xOf(atNs) - x) <= MARKER_REACH_PX) return { of: 'marker', marker };
    }
  }
  return { of: 'time' };
}

const SMALL_NS: Ns = 100e6;

/** Where a key leads from `atNs`: a tenth of a second, or less where less is shown; undefined for any other key. */
export function timeByKey(key: string, shift: boolean, atNs: Ns, spanNs: Ns, untilNs: Ns): Ns | undefined {
  const small = Math.min(SMALL_NS, Math.round(spanNs / 100));
  const step = shift ? 10 * small : small;
  const to = {
    ArrowLeft: atNs - step,
    ArrowDown: atNs - step,
    ArrowRight: atNs + step,
    ArrowUp: atNs + step,
    PageDown: atNs - 50 * small,
    PageUp: atNs + 50 * small,
    Home: 0,
    End: untilNs,
  }[key];
  return to === undefined ? undefined : Math.min(untilNs, Math.max(0, to));
}
