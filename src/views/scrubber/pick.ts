import type { Ns } from '../../abi/units.ts';

/** Pointer to virtual time: the whole run is always in view. */
export function timeAt(clientX: number, left: number, width: number, untilNs: Ns): Ns {
  const share = Math.min(1, Math.max(0, (clientX - left) / Math.max(width, 1)));
  return Math.round(share * untilNs);
}

const SMALL_NS: Ns = 100e6;
const LARGE_NS: Ns = 1e9;

/** Where a key leads from `atNs`; undefined for a key that means nothing here. */
export function timeByKey(key: string, shift: boolean, atNs: Ns, untilNs: Ns): Ns | undefined {
  const step = shift ? LARGE_NS : SMALL_NS;
  const to = {
    ArrowLeft: atNs - step,
    ArrowDown: atNs - step,
    ArrowRight: atNs + step,
    ArrowUp: atNs + step,
    PageDown: atNs - 5 * LARGE_NS,
    PageUp: atNs + 5 * LARGE_NS,
    Home: 0,
    End: untilNs,
  }[key];
  return to === undefined ? undefined : Math.min(untilNs, Math.max(0, to));
}
