import type { Answer } from './answer.ts';

/** What does reclaim do with a page under writeback that has come to the tail (row 7 of model.md §3.6)? */
export interface WritebackAtTail extends Answer {
  /** PG_reclaim is set: when the write ends the page goes to the tail, whoever started it. */
  readonly tags: boolean;
  /** It goes to the active list, out of the way of pages that can be freed; the end of its write brings it back. */
  readonly activates: boolean;
  /** kswapd that meets it a second time while everything at the tail is under writeback stalls after its pass. */
  readonly stallsKswapd: boolean;
  /** A memory cgroup's reclaim waits for the write, without a timeout. @param tagged it has been met before */
  memcgWaits(tagged: boolean, hasGfpIo: boolean, mayEnterFs: boolean): boolean;
}
