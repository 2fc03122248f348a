import type { DirtyLimits } from '../../machine/policy/dirtying.ts';

/** All that is free or on the lists is dirtyable; a ratio below 5 is 5. */
export const v2635 = {
  id: 'v2.6.35',
  label: '2.6.35: free and all lists, at least 5 %',
  source: 'v2.6.35-rc2 mm/page-writeback.c get_dirty_limits(), determine_dirtyable_memory(); model.md R5.4',
  minRatio: 5,
  anonIsDirtyable: true,
  reserve: () => 0,
} as const satisfies DirtyLimits;
