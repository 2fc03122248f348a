import type { DirtyLimits } from '../../machine/policy/dirtying.ts';

/** What kswapd keeps free is nobody's to dirty. */
export const v33 = {
  id: 'v3.3',
  label: '3.3: without the high mark',
  source: 'v3.3 mm/page-writeback.c global_dirtyable_memory(), dirty_balance_reserve; model.md §9.2',
  minRatio: 0,
  anonIsDirtyable: true,
  reserve: (_freePages, high) => high,
} as const satisfies DirtyLimits;
