import type { Pages } from '../../../abi/units.ts';
import type { Answer } from './answer.ts';

/** How a task is held that dirties pages faster than the disk writes them. */
export interface DirtyThrottling extends Answer {
  /** It writes a chunk itself and pauses longer and longer (R5.7, R5.8); else it only sleeps, as long as its pages take. */
  readonly dirtierWrites: boolean;
  /** The free-run zone is asked about first, and the global limit holds the task as its bdi's own does. */
  readonly globalLimitHolds: boolean;
  /** clip_bdi_dirty_limit(): a bdi may have no more than what the others leave (R5.5). */
  readonly clipsShare: boolean;
  /** What the task did between two pauses is taken off the second one. */
  readonly countsThinkTime: boolean;
}

/** What the dirty ratios are percentages of, and their floor (R5.4). */
export interface DirtyLimits extends Answer {
  /** dirty_ratio counts as this at least. */
  readonly minRatio: number;
  readonly anonIsDirtyable: boolean;
  /** Pages that never count as dirtyable, of those free, with the zone's high mark given. */
  reserve(freePages: Pages, high: Pages): Pages;
}
