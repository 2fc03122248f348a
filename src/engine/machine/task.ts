import { ACTOR } from '../../abi/actor.ts';
import type { Ns, Pages, Pfn } from '../../abi/units.ts';
import { RUNNING, type Thread } from '../sim/kthread.ts';
import { NONE } from './page-table.ts';

/** Kinds of thread. */
export const TASK = 0;
export const KSWAPD = 1;
export const FLUSHER = 2;

/** Task flags of include/linux/sched.h that change decisions (model.md §0.2). */
export const PF_MEMALLOC = 1;
export const PF_KSWAPD = 2;
export const PF_SWAPWRITE = 4;
export const TIF_MEMDIE = 8;
/** A deadly signal from user space: the task ends when it is back in user mode. */
export const TIF_SIGPENDING = 16;

/** In which reclaim a thread is now; the numbers are ACTOR's. */
export const NOT_RECLAIMING = -1;

/** struct file_ra_state plus the last position read, of one open file. */
export interface Readahead {
  start: Pages;
  size: Pages;
  asyncSize: Pages;
  /** Last page read, -1 at first. */
  prevIndex: Pages;
  /** End of the last read in bytes: a read that goes on inside the same page does not mark it again (R3.6). */
  prevEnd: number;
  /** MADV_RANDOM, FADV_RANDOM: no readahead, no read-around. */
  random: boolean;
}

/** The task's readahead state of a file; a file not read yet starts afresh. */
export function readaheadOf(t: Task, space: number): Readahead {
  const known = t.readahead[space];
  if (known !== undefined) return known;
  const fresh = { start: 0, size: 0, asyncSize: 0, prevIndex: -1, prevEnd: 0, random: false };
  t.readahead[space] = fresh;
  return fresh;
}

/** struct scan_control: one per task, since reclaim does not nest. */
export interface ScanControl {
  priority: number;
  nrToReclaim: Pages;
  nrScanned: Pages;
  nrReclaimed: Pages;
  totalScanned: Pages;
  mayWritepage: boolean;
  maySwap: boolean;
  gfp: number;
  order: number;
  /** Takes whatever lies in the aligned block of 2^order frames, and ignores references (R3.14). */
  lumpyReclaimMode: boolean;
  /** PAGEOUT_IO_SYNC: the second pass of a lumpy batch, which waits for the disk page by page (R3.25). */
  syncWriteback: boolean;
  /** Dirty pages that the last pass of shrink_page_list() met and might not write. */
  nrDirty: Pages;
  /**
   * What shrink_zone() has met so far: pages isolated, those of files, pages dirty or under writeback, dirty ones that nobody
   * had queued, ones under writeback, those of them met before, and of these the ones that make kswapd stall.
   */
  nrTaken: Pages;
  nrFileTaken: Pages;
  nrBusy: Pages;
  nrUnqueuedDirty: Pages;
  nrWriteback: Pages;
  nrRecycled: Pages;
  nrImmediate: Pages;
  /** 0: global reclaim, scanning_global_lru(). */
  memcg: number;
}

/** struct writeback_control: one per task. Index ranges are inclusive and in pages. */
export interface WritebackControl {
  syncAll: boolean;
  nrToWrite: number;
  rangeCyclic: boolean;
  rangeStart: Pages;
  rangeEnd: Pages;
  forReclaim: boolean;
  nonblocking: boolean;
  forKupdate: boolean;
  forBackground: boolean;
  /** for_cgroup: only inodes of groups over their background limit; of one group and what is below it if `memcg` is not 0. */
  forCgroup: boolean;
  memcg: number;
  /** Inodes dirtied by several groups as well. */
  sharedInodes: boolean;
  /** Only inodes dirtied at or before this; Infinity: all. */
  olderThanNs: Ns;
  wbStartNs: Ns;
  pagesSkipped: Pages;
  moreIo: boolean;
}

export interface Task extends Thread {
  flags: number;
  /** Memory cgroup it charges; 0 = root. */
  memcg: number;
  /** Its anonymous memory; -1 = none. */
  mm: number;
  /** Which reclaim it is in (ACTOR number) or NOT_RECLAIMING. */
  reclaiming: number;
  /** current->backing_dev_info: inside a buffered write to that disk (R4.1), or NONE. */
  writesTo: number;
  /** Per-cpu dirty counter: one CPU per task (R5.6). */
  dirtiedSinceCheck: Pages;
  /** IO-less throttling: pages it may dirty until it looks again, and when its last pause ended (in jiffies, 0: never). */
  nrDirtiedPause: Pages;
  dirtyPausedWhen: number;
  /** Floating proportion of this task's recent dirtying (R5.5, R5.9). */
  dirtyEvents: number;
  dirtyPeriod: number;
  /** Per-cpu charge stock of its memcg (R6.4). */
  stockPages: Pages;
  /** io_context batching (R7.5): requests left and until when. */
  batchLeft: number;
  batchUntilNs: Ns;
  /** Pages it holds isolated, oldest first: one batch of shrink_inactive_list() or shrink_active_list(). */
  isolated: Pfn[];
  sc: ScanControl;
  wbc: WritebackControl;
  /** total_vm in pages: what the OOM killer goes by (R1.12). */
  totalVmPages: Pages;
  stalledNs: Ns;
  /** Readahead state per open file (space id). */
  readahead: Record<number, Readahead>;
}

export function createScanControl(): ScanControl {
  return {
    priority: 12,
    nrToReclaim: 0,
    nrScanned: 0,
    nrReclaimed: 0,
    totalScanned: 0,
    mayWritepage: false,
    maySwap: true,
    gfp: 0,
    order: 0,
    lumpyReclaimMode: false,
    syncWriteback: false,
    nrDirty: 0,
    nrTaken: 0,
    nrFileTaken: 0,
    nrBusy: 0,
    nrUnqueuedDirty: 0,
    nrWriteback: 0,
    nrRecycled: 0,
    nrImmediate: 0,
    memcg: 0,
  };
}

export function createWritebackControl(): WritebackControl {
  return {
    syncAll: false,
    nrToWrite: 0,
    rangeCyclic: false,
    rangeStart: 0,
    rangeEnd: Infinity,
    forReclaim: false,
    nonblocking: false,
    forKupdate: false,
    forBackground: false,
    forCgroup: false,
    memcg: 0,
    sharedInodes: false,
    olderThanNs: Infinity,
    wbStartNs: Infinity,
    pagesSkipped: 0,
    moreIo: false,
  };
}

const INITIAL_WBC: Readonly<WritebackControl> = createWritebackControl();

/** Starts a new use of a task's wbc: every field that `set` does not name gets its initial value. */
export function setWbc(t: Task, set: Partial<WritebackControl>): WritebackControl {
  return Object.assign(t.wbc, INITIAL_WBC, set);
}

export function createTask(id: number, kind: number, name: string, letter: string): Task {
  return {
    id,
    name,
    letter,
    kind,
    fns: [],
    steps: [],
    stack: [],
    ret: 0,
    state: RUNNING,
    waitKind: 0,
    waitId: 0,
    sleepSeq: 0,
    sleptAtNs: 0,
    generation: 0,
    timedOut: false,
    cpuDebtNs: 0,
    ranNs: 0,
    callerBytes: 0,
    stackHighBytes: 0,
    stackHighFns: [],
    stackHighPath: '',
    flags: 0,
    memcg: 0,
    mm: -1,
    reclaiming: NOT_RECLAIMING,
    writesTo: NONE,
    dirtiedSinceCheck: 0,
    nrDirtiedPause: 32,
    dirtyPausedWhen: 0,
    dirtyEvents: 0,
    dirtyPeriod: 0,
    stockPages: 0,
    batchLeft: 0,
    batchUntilNs: 0,
    isolated: [],
    sc: createScanControl(),
    wbc: createWritebackControl(),
    totalVmPages: 0,
    stalledNs: 0,
    readahead: {},
  };
}

/** Who a task acts as: the actor its I/O is counted for. */
export function actorOf(t: Task): number {
  if (t.kind === KSWAPD) return ACTOR.KSWAPD;
  if (t.kind === FLUSHER) return ACTOR.FLUSHER;
  return t.reclaiming === NOT_RECLAIMING ? ACTOR.TASK : t.reclaiming;
}
