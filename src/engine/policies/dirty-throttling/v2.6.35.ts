import type { DirtyThrottling } from '../../machine/policy/dirtying.ts';

/** The dirtier walks the inodes itself: a third writer with an order of its own (N8). */
export const v2635 = {
  id: 'v2.6.35',
  label: '2.6.35: the dirtier writes',
  source: 'v2.6.35-rc2 mm/page-writeback.c balance_dirty_pages(); model.md R5.5–R5.8',
  dirtierWrites: true,
  globalLimitHolds: false,
  clipsShare: true,
  countsThinkTime: false,
} as const satisfies DirtyThrottling;
