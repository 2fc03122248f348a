import type { DirtyThrottling } from '../../machine/policy/dirtying.ts';

/** The free-run zone comes first, the global limit holds too, and who has written its chunk goes at once. */
export const v2636 = {
  id: 'v2.6.36',
  label: '2.6.36: the dirtier writes, global limit first',
  source: 'v2.6.36 mm/page-writeback.c balance_dirty_pages(), bdi_dirty_limit(); model.md §9.1',
  dirtierWrites: true,
  globalLimitHolds: true,
  clipsShare: false,
  countsThinkTime: false,
} as const satisfies DirtyThrottling;
