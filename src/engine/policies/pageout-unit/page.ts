import type { PageoutUnit } from '../../machine/policy/pageout-unit.ts';

/** ->writepage, one page at a time, in LRU order. */
export const page = {
  id: 'page',
  label: 'page',
  source: 'v2.6.35-rc2 mm/vmscan.c pageout(); model.md R4.1–R4.5',
  batchesDirtyPages: false,
  range: (_space, index) => ({ first: index, last: index }),
} as const satisfies PageoutUnit;
