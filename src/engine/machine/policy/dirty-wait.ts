import type { Answer } from './answer.ts';

/** What a pass of shrink_page_list() that has skipped dirty pages ends with. */
export const NOTHING = 0;
/** wakeup_flusher_threads() for as many pages as were skipped. */
export const KICK = 1;
/** The same, and congestion_wait(ASYNC, 100 ms). */
export const KICK_AND_NAP = 2;
/** The same, and the skipped pages are gone through again: policy.direct_rounds times at most. */
export const KICK_NAP_AND_RESCAN = 3;

/** What does a reclaimer that is not kswapd do about dirty pages it may not write? */
export interface DirtyWait extends Answer {
  /** @param sync the pass is the second one of a lumpy batch @param memcg a memory cgroup is at its limit */
  afterPass(sync: boolean, memcg: boolean): number;
  /** The pass after the last round keeps what is still dirty by the ordinary tests, among the other kept pages (P6.6). */
  readonly lastPassKeeps: boolean;
  /** Waiting is in shrink_inactive_list(), for lumpy and memcg reclaim, and replaces the base's SYNC pass (R3.25). */
  readonly replacesSyncPass: boolean;
}
