/** Wait queues: a kind, and which one of the kind (a page, a request class, an inode, a memcg). Kind 0 is the clock only. */
export const WAIT_TIMER = 0;
/** Exclusive, FIFO; id = pfn. */
export const WAIT_PAGE_LOCK = 1;
/** Everybody; id = pfn. */
export const WAIT_PAGE_WRITEBACK = 2;
/** Exclusive, one per freed request; id = requestQueueOf(disk, class). */
export const WAIT_REQUEST = 3;
/** congestion_wait(): everybody; id = request class, all disks together (R3.35). */
export const WAIT_CONGESTION = 4;
/** kswapd_wait. */
export const WAIT_KSWAPD = 5;
/** The flusher's own sleep. */
export const WAIT_FLUSHER = 6;
/** I_SYNC of an inode; id = space. */
export const WAIT_INODE_SYNC = 7;
/** memcg_oom_waitq; id = memcg. */
export const WAIT_MEMCG_OOM = 8;
/** pfmemalloc_wait. */
export const WAIT_PFMEMALLOC = 9;
/** The kswapd of a memory cgroup; id = memcg. */
export const WAIT_MEMCG_KSWAPD = 10;
/** A memory cgroup's turn at a disk; id = ioGroupQueueOf(). */
export const WAIT_IO_GROUP = 11;
/** reclaim_wait; id = reason. */
export const WAIT_RECLAIM = 12;

/** What each kind is called on screen. */
export const WAIT_NAMES = [
  'the clock',
  'a page lock',
  'the end of a page write',
  'a free request',
  'congestion_wait',
  'work for kswapd',
  'work for the flusher',
  'I_SYNC of an inode',
  'the memcg OOM killer',
  'kswapd to refill the reserve',
  'work for the group’s kswapd',
  'the group’s turn at the disk',
  'reclaim_throttle',
] as const;

/** Request classes (R7.5). */
export const SYNC = 0;
export const ASYNC = 1;

/** Every memory cgroup waits for its turn at every disk. */
export function ioGroupQueueOf(disk: number, memcg: number): number {
  return (disk << 8) + memcg;
}

/** Every disk's queue has a wait queue per class for those who want a request. */
export function requestQueueOf(disk: number, cls: number): number {
  return disk * 2 + cls;
}
