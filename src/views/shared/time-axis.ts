import type { Ns } from '../../abi/units.ts';

/** Time from left to right with now at the right edge: shared by everything that has a past. */
export function timeAxis(
  atNs: Ns,
  windowNs: Ns,
  width: number,
): { readonly fromNs: Ns; readonly xOf: (ns: Ns) => number } {
  const fromNs = atNs - windowNs;
  return { fromNs, xOf: (ns) => ((ns - fromNs) / windowNs) * width };
}

/** The picture that an axis shows: while time goes by it moves by whole pixels; at rest every moment is one of its own. */
export const axisStep = (atNs: Ns, windowNs: Ns, width: number, playing: boolean): number =>
  playing ? Math.floor((atNs * width * (globalThis.devicePixelRatio ?? 1)) / windowNs) : atNs;
