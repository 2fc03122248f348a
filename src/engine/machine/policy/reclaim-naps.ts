import type { Answer } from './answer.ts';

/** No nap at all. */
export const NO_NAP = 0;
/** congestion_wait(): until the next request is freed, or the timeout, whatever the disk does (R3.35). */
export const CONGESTION_WAIT = 1;
/** wait_iff_congested(): the same if a disk is congested and the zone is tagged; else the CPU is only offered to others. */
export const WAIT_IFF_CONGESTED = 2;
export type Nap = typeof NO_NAP | typeof CONGESTION_WAIT | typeof WAIT_IFF_CONGESTED;

/** Where does a reclaimer sleep, and for what? (model.md §3.9) */
export interface ReclaimNaps extends Answer {
  /** Direct and memcg reclaim, between priorities below 10. */
  readonly betweenPriorities: Nap;
  /** The allocator, before it tries direct reclaim again. */
  readonly allocatorRetry: Nap;
  /** kswapd, between priorities below 10. */
  readonly kswapd: boolean;
  /** Anybody, after a batch of which enough is under writeback: all of it at priority 12, half at 11, a quarter at 10 … */
  readonly afterWritebackBatch: boolean;
  /** A user's task whose reserve is half gone leaves reclaim to kswapd until that has brought it back. */
  readonly leavesReserveToKswapd: boolean;
  /** reclaim_throttle(): four reasons to stall, each with its own way to end (§9.4). */
  readonly throttles: boolean;
  /** throttle_vm_writeout(): while more than 1.1 times the dirty limit is under writeback (R5.10). */
  readonly whileFlooded: boolean;
}
