import type { DirtyThrottling } from '../../machine/policy/dirtying.ts';

/** IO-less: the dirtier sleeps for as long as the disk needs for its pages; only the flusher writes. */
export const v32 = {
  id: 'v3.2',
  label: '3.2: the dirtier sleeps (IO-less)',
  source:
    'v3.2 mm/page-writeback.c balance_dirty_pages(), bdi_position_ratio(); IO-less dirty throttling v12; model.md §9.2',
  dirtierWrites: false,
  globalLimitHolds: true,
  clipsShare: false,
  countsThinkTime: false,
} as const satisfies DirtyThrottling;
