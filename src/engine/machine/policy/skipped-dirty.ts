import type { Answer } from './answer.ts';

/** Where does a dirty page go that its reclaimer may not write? */
export interface SkippedDirty extends Answer {
  /** Older than the other kept pages of the batch instead of in its place among them (P6.6). */
  readonly setsAside: boolean;
  /** PG_reclaim is set, and survives clear_page_dirty_for_io(): whoever cleans the page, it is then rotated to the tail. */
  readonly tagsReclaim: boolean;
  /** It goes to the active list, and from there to the tail when its write ends. */
  readonly activates: boolean;
  /** A file page goes to a list of its own until it is clean; kswapd works on that list first. */
  readonly hasOwnList: boolean;
}
