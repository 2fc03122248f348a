import type { DirtyLimits } from '../../machine/policy/dirtying.ts';

/** Free pages above the reserve, and file pages. */
export const v61 = {
  id: 'v6.1',
  label: '6.1: without anonymous memory',
  source: 'v6.1 mm/page-writeback.c global_dirtyable_memory(); model.md §9.3 (anon by 4.2)',
  minRatio: 0,
  anonIsDirtyable: false,
  reserve: (freePages, high) => Math.min(freePages, high),
} as const satisfies DirtyLimits;
