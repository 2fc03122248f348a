import type { PageoutUnit } from '../../machine/policy/pageout-unit.ts';

/** ->writepage, one page at a time, but only after the whole batch has been looked at; its dirty pages stay locked until then. */
export const batch = {
  id: 'batch',
  label: 'batch of pages',
  source: 'V2 11/12 of 14 June 2010, clean_page_list() without ranges; model.md §8.7, P5.9',
  batchesDirtyPages: true,
  range: (_space, index) => ({ first: index, last: index }),
} as const satisfies PageoutUnit;
