import type { Ns, Pages, Pfn, Sector } from '../../abi/units.ts';
import type { Elevator } from './elevator.ts';
import type { Kernel } from './kernel.ts';
import type { Space } from './space.ts';
import type { Task } from './task.ts';

/**
 * Every function that one room calls in another, late-bound: rooms meet only here. The engine fills the record at boot.
 * "may block" functions answer with a number, or BLOCKED after pushing a frame that will answer later (sim/kthread.ts).
 */
export interface Sockets {
  // mm
  /** read(): bytes pos … pos+length-1 of a file. May block. */
  sysRead(k: Kernel, t: Task, space: Space, pos: number, length: number): number;
  /** write(). May block. */
  sysWrite(k: Kernel, t: Task, space: Space, pos: number, length: number): number;
  /** A load or store through the task's mapping of a file; BLOCKED when it faults and must wait. */
  touchMapped(k: Kernel, t: Task, space: Space, index: Pages, store: boolean): number;
  /** A load or store to anonymous memory. May block. */
  touchAnon(k: Kernel, t: Task, index: Pages, store: boolean): number;
  /** unlink() or truncate(): drops the pages from `fromIndex` on. May block (page locks, writeback). */
  truncatePages(k: Kernel, t: Task, space: Space, fromIndex: Pages): number;
  /** page_alloc.c alloc_pages(): the first of 2^order frames, or NO_PAGE; freePages() of page-cache.ts gives them back. May block. */
  allocPages(k: Kernel, t: Task, gfp: number, order: number): number;
  /** select() whose table of waiters takes so many pages. May block. */
  sysSelect(k: Kernel, t: Task, tablePages: Pages, timeoutNs: Ns): number;
  /** Ends the calling task: its anonymous memory and stock go. */
  exitTask(k: Kernel, t: Task): void;

  // reclaim
  /** vmscan.c try_to_free_pages(): pages freed, or 1 for fake progress (R3.27). May block. */
  tryToFreePages(k: Kernel, t: Task, order: number, gfp: number): number;
  /** memcontrol.c mem_cgroup_hierarchical_reclaim(): the limit of `memcg` refused a charge. Progress or 0 (R6.5). May block. */
  memCgroupHierarchicalReclaim(k: Kernel, t: Task, memcg: number, gfp: number): number;
  /** `t` is the allocating task. */
  /** One group's, at its limit. A socket also within reclaim: direct reclaim of 3.2 is above soft limits, and this below them. */
  tryToFreeMemCgroupPages(k: Kernel, t: Task, memcg: number, gfp: number): number;
  wakeupKswapd(k: Kernel, t: Task, order: number, gfp: number): void;

  // writeback
  /** May block. */
  balanceDirtyPagesRatelimited(k: Kernel, t: Task, space: Space): number;
  /** May block. */
  throttleVmWriteout(k: Kernel, t: Task, gfp: number): number;
  wakeupFlusherThreads(k: Kernel, nrPages: Pages): void;
  /** page-writeback.c write_cache_pages() over t.wbc, one ->writepage-like call per run of dirty pages. May block. */
  writeCachePages(k: Kernel, t: Task, space: Space): number;
  /** fsync of one file: writes all of it and waits until it is on disk. May block. */
  syncInode(k: Kernel, t: Task, space: Space): number;

  // fs
  /** ->writepage of one locked page, already cleared for I/O; unlocks it. WROTE or ACTIVATE. May block. */
  writepage(k: Kernel, t: Task, pfn: Pfn): number;
  /** The filesystem implements ->writepage: without one reclaim can only activate a dirty page (R4.1). */
  hasWritepage(k: Kernel): boolean;
  /** ->writepages: t.wbc says what. May block. */
  doWritepages(k: Kernel, t: Task, space: Space): number;
  /** The filesystem implements ->writepages (P5.4). */
  hasWritepages(k: Kernel, space: Space): boolean;
  /**
   * mpage_writepages(): `pfns` are locked, cleared for I/O, ascending and contiguous in the file. Sets writeback, unlocks all
   * of them and submits them in bios of at most 128 pages that are contiguous on disk. The list stays the caller's. May block.
   */
  writeRun(k: Kernel, t: Task, space: Space, pfns: readonly Pfn[]): number;
  /** ->write_begin: the gfp mask it allocates page cache with (R1.9). */
  writeBeginGfp(k: Kernel): number;
  /** ->readpages: starts reading `count` locked pages of the cache from `index` on. May block. */
  readPages(k: Kernel, t: Task, space: Space, index: Pages, count: Pages): number;
  /** page_io.c swap_writepage(): WROTE. May block. */
  swapWritepage(k: Kernel, t: Task, pfn: Pfn): number;
  /** page_io.c swap_readpage(). May block. */
  swapReadpage(k: Kernel, t: Task, pfn: Pfn): number;

  // block
  /** blk-core.c submit_bio() → __make_request(). The pages are under writeback or locked for reading. May block. */
  submitBio(k: Kernel, t: Task, bio: Bio): number;
  /** The elevator of m.sysctl.scheduler. */
  elevator(k: Kernel): Elevator;
  /** sync_page(): unplugs the disk's queue so that what somebody now waits for is started (R7.3). */
  unplug(k: Kernel, disk: number): void;
}

/** ->writepage's answers. */
export const WROTE = 0;
export const ACTIVATE = 1;
/** allocPages() has none to give. */
export const NO_PAGE = -1;

/** A run of pages that is contiguous on disk, ascending. The block layer takes `pfns` over. */
export interface Bio {
  readonly write: boolean;
  /** BIO_RW_SYNCIO with BIO_RW_UNPLUG: starts the disk at once. Page reads are of the sync class but wait in the plug (R7.3). */
  readonly sync: boolean;
  readonly disk: number;
  readonly sector: Sector;
  readonly pfns: Pfn[];
}
