import type { DirtyLimits } from '../../machine/policy/dirtying.ts';

/** The floor is gone. */
export const v2637 = {
  id: 'v2.6.37',
  label: '2.6.37: no floor',
  source: 'v2.6.37 mm/page-writeback.c global_dirty_limits(); model.md §9.1',
  minRatio: 0,
  anonIsDirtyable: true,
  reserve: () => 0,
} as const satisfies DirtyLimits;
