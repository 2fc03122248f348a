import type { Doer, PageName } from './page-life.ts';
import type { Ns } from './units.ts';

/** What holds a program up in the kernel: its own reclaim, balance_dirty_pages(), or a wait for what others do for memory. */
export const STALL_CAUSES = ['direct reclaim', 'memcg reclaim', 'throttled', 'waiting'] as const;

/** One stretch of time in which a task got nothing done. */
export interface Stall {
  readonly task: Doer;
  /** Row of STALL_CAUSES. */
  readonly cause: number;
  readonly fromNs: Ns;
  readonly toNs: Ns;
  /** Where most of it went: the kernel's name for the wait, or `running`. */
  readonly reason: string;
  /** What the time went to, in order; together they last as long as the stall. */
  readonly links: readonly StallLink[];
}

export interface StallLink {
  readonly atNs: Ns;
  readonly ns: Ns;
  /** get_request_wait, congestion_wait, wait_on_page_writeback, lock_page, io_schedule_timeout, …; `running`; `shorter waits`. */
  readonly what: string;
  /** Why, in words. */
  readonly says: string;
  /** What a disk did meanwhile; absent where no disk was waited for. */
  readonly disk?: DiskShare;
  /** How it came to that, oldest first: the page, who dirtied it, why it was at the tail, the request that ended the wait. */
  readonly because: readonly StallReason[];
  readonly page?: PageName;
}

/** How a disk spent the time of a wait: the parts add up to it. */
export interface DiskShare {
  readonly requests: number;
  readonly seekNs: Ns;
  readonly rotateNs: Ns;
  readonly transferNs: Ns;
  /** Command overhead, the drive's own work, no request in hand. */
  readonly otherNs: Ns;
}

export interface StallReason {
  readonly atNs: Ns;
  readonly says: string;
}

/** Of one machine up to some time, the longest first. */
export interface StallList {
  readonly stalls: readonly Stall[];
  /** All of at least a millisecond, of which `stalls` has the longest. */
  readonly count: number;
  readonly totalNs: Ns;
}
