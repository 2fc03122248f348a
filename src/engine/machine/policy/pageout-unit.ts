import type { Pages, Pfn } from '../../../abi/units.ts';
import type { Space } from '../space.ts';
import type { Answer } from './answer.ts';

/** Pages of a file, both ends in it. */
export interface PageRange {
  readonly first: Pages;
  readonly last: Pages;
}

/** What does reclaim hand the filesystem: one page in LRU order, or a range of the file? */
export interface PageoutUnit extends Answer {
  /** Dirty pages of the first pass stay locked on a private list and are cleaned together at its end (P5.1). */
  readonly batchesDirtyPages: boolean;
  /**
   * The range to write for the page at `index` of the file, given the other dirty pages of the file in the batch (P5.4).
   * One page: the single-page path. @param maxPages the knob policy.write_around_pages
   */
  range(space: Space, index: Pages, mates: readonly BatchMate[], maxPages: Pages): PageRange;
}

export interface BatchMate {
  readonly pfn: Pfn;
  readonly index: Pages;
}

/** Does the VM hold the lock of the page it is after while a range around it is written? */
export interface RangeLock extends Answer {
  readonly holdsPageLock: boolean;
}
