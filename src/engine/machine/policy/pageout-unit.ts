import type { Pages, Pfn } from '../../../abi/units.ts';
import type { Answer } from './answer.ts';

/** What does reclaim hand the filesystem: one page in LRU order, or a range of the file? */
export interface PageoutUnit extends Answer {
  /** Dirty pages of the first pass stay locked on a private list and are cleaned together at its end (P5.1). */
  readonly batchesDirtyPages: boolean;
  /**
   * The range to write for the cursor page, given the other dirty pages of its file in the batch (P5.4). One page: the
   * single-page path.
   */
  range(cursorIndex: Pages, mates: readonly BatchMate[]): { readonly first: Pages; readonly last: Pages };
}

export interface BatchMate {
  readonly pfn: Pfn;
  readonly index: Pages;
}
