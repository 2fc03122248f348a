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
