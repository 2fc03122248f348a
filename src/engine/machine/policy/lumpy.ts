import type { Pages } from '../../../abi/units.ts';
import type { Answer } from './answer.ts';

/** When does direct lumpy reclaim go through a batch again and wait for the disk page by page? */
export interface LumpyStall extends Answer {
  /** should_reclaim_stall(), for a batch that was not wholly freed. */
  stalls(order: number, priority: number): boolean;
  /** congestion_wait(ASYNC, 100 ms) before that pass. */
  readonly naps: boolean;
}

/** How many pages does shrink_inactive_list() isolate at a time? */
export interface Isolation extends Answer {
  /** @param asked pages to scan, 32 at most */
  atOnce(asked: Pages): Pages;
  /** Goes on in batches until it has scanned what was asked for. */
  readonly repeats: boolean;
}
