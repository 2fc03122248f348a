import type { ReferencedDirty } from '../../machine/policy/referenced-dirty.ts';

/** Use-once is a matter of the page cache: anonymous pages are written at once. */
export const fileOnly = {
  id: 'file-only',
  label: '2.6.37: file only',
  source: 'v2.6.37 mm/vmscan.c page_check_references(): not PageSwapBacked; model.md §9.1',
  sparesAnon: false,
} as const satisfies ReferencedDirty;
