import type { Pages } from '../../../abi/units.ts';
import type { Answer } from './answer.ts';

/** No call of wakeup_flusher_threads(): 0 pages would mean all dirty ones. */
export const NO_KICK = -1;

/** Does reclaim wake the flusher when it meets dirty pages, and for how many? */
export interface FlusherKick extends Answer {
  /** Direct and memcg reclaim ask for as much as they have scanned, after 48 pages (R3.27). */
  readonly byScanned: boolean;
  /** Whoever reclaims asks for everything after a batch that was dirty to the last page, none of them queued for I/O. */
  readonly afterDirtyBatch: boolean;
  /** Stands in for the kick by which a waiting reclaimer asks for the pages it has skipped. */
  readonly replacesWaitersKick: boolean;
  /**
   * At the end of every pass of shrink_page_list(), whoever reclaims: pages to ask for, 0 for all dirty ones, or NO_KICK.
   * @param seen dirty pages met in the pass @param skipped those of them the reclaimer may not write
   * @param fileList the pass is over the inactive file list
   */
  afterPass(seen: Pages, skipped: Pages, fileList: boolean, mayWritepage: boolean): Pages;
}
