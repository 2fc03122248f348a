import type { DirtyThrottling } from '../../machine/policy/dirtying.ts';

/** As 3.2, with the time between two pauses counted, and a pause long enough to be worth it. */
export const v33 = {
  id: 'v3.3',
  label: '3.3: IO-less, less think time',
  source: 'v3.7 mm/page-writeback.c balance_dirty_pages(), bdi_min_pause(), first in 3.3 (assumed); model.md §9.2',
  dirtierWrites: false,
  globalLimitHolds: true,
  clipsShare: false,
  countsThinkTime: true,
} as const satisfies DirtyThrottling;
