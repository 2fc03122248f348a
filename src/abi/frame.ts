import type { CellOrder, FlusherFrame, Found, ListFrame, MapFrame, StripFrame } from './look.ts';
import type { TracedFrame } from './traced.ts';
import type { Bytes, Ns, Pages, Sector } from './units.ts';

/**
 * One moment of one machine, as the views draw it. Everything here is read off the machine's state;
 * typed arrays are transferred, so a frame has one owner.
 */
export interface MachineFrame {
  readonly nowNs: Ns;
  /**
   * What takes a walk over all pages (cells, strips, listPages, found, memcgs, and the parts of the look) was left out; what the
   * page then shows of it is a few frames old. Only large machines leave it out, and only while they play.
   */
  readonly isPartial?: true;
  /** The machine is a trace of a real kernel; absent: a simulated one. */
  readonly traced?: TracedFrame;
  /** Engine events done since boot (of a trace: its events so far): with `nowNs` it names a place in the run. */
  readonly eventsDone: number;
  /** Steps of a thread taken in the event under way; absent: no event is under way. */
  readonly midway?: number;
  /**
   * One CELL byte per page, in the order that was asked for. In list order the LRU lists one after the other (LIST_NAMES'
   * order), each newest first; else `strips` says what lies one after the other, and a page that is not in memory is FREE.
   */
  readonly cells: Uint8Array;
  readonly order: CellOrder;
  readonly strips: readonly StripFrame[];
  readonly listPages: readonly Pages[];
  /** The lit things of the look, where they are. */
  readonly found: readonly Found[];
  /** Parts of the look. */
  readonly map?: MapFrame;
  readonly flushers?: readonly FlusherFrame[];
  /** Last LENS_PAGES of the inactive file list and, at its tail end, what reclaimers hold isolated from it. */
  readonly lens: Lens;
  readonly memory: MemoryFrame;
  readonly stackSize: StackSize;
  readonly memcgs: readonly MemcgFrame[];
  readonly tasks: readonly TaskFrame[];
  /** The first disk, and the others if the machine has any. */
  readonly disk: DiskFrame;
  readonly moreDisks: readonly DiskFrame[];
  /** Tasks that wait for each other's page locks for ever, each for the next, the last for the first; empty while all can run. */
  readonly lockCycle: readonly LockWaitFrame[];
  /** Values in the order of METRICS (abi/metrics); NaN where the run cannot have the metric. */
  readonly metrics: Float64Array;
}

export const LIST_NAMES = [
  'inactive_anon',
  'active_anon',
  'inactive_file',
  'active_file',
  'unevictable',
  'dirty_file',
] as const;

/** Bits of a cell: hue comes from the two state bits only; the others are texture and glyph. */
export const CELL = {
  FREE: 0,
  CLEAN: 1,
  DIRTY: 2,
  WRITEBACK: 3,
  STATE: 3,
  REFERENCED: 4,
  RECLAIM: 8,
  ANON: 16,
  ISOLATED: 32,
  LOCKED: 64,
  LAPPED: 128,
} as const;

export const LENS_PAGES = 256;
export interface Lens {
  /** Oldest page last. First what is still on the list, then the isolated batches in the order they were taken. */
  readonly cells: Uint8Array;
  /** Who holds how many pages at the tail end, oldest batch last. */
  readonly batches: readonly { readonly by: string; readonly letter: string; readonly pages: Pages }[];
  /** The last batches of file pages that reclaimers are done with, the newest last: at most eight. */
  readonly trail: readonly BatchFrame[];
}

/** What became of a batch of shrink_inactive_list(): freed, or kept, of that some dirty and some under writeback. */
export interface BatchFrame {
  readonly by: string;
  readonly letter: string;
  /** When what was kept went back to its list. */
  readonly endNs: Ns;
  readonly takenPages: Pages;
  readonly freedPages: Pages;
  readonly dirtyPages: Pages;
  readonly writebackPages: Pages;
}

export interface MemoryFrame {
  readonly pageBytes: Bytes;
  readonly totalPages: Pages;
  readonly freePages: Pages;
  readonly watermarks: { readonly min: Pages; readonly low: Pages; readonly high: Pages };
  readonly dirtyPages: Pages;
  readonly writebackPages: Pages;
  readonly dirtyablePages: Pages;
  readonly backgroundThreshPages: Pages;
  readonly dirtyThreshPages: Pages;
  readonly anonPages: Pages;
  readonly filePages: Pages;
  readonly swapTotalPages: Pages;
  readonly swapFreePages: Pages;
  /** Lowest scan priority reached by a reclaimer since the last frame; 13 when nobody reclaimed. */
  readonly priority: number;
}

/** What a kernel stack of the machine holds: thread_info lies at its bottom. */
export interface StackSize {
  readonly threadSizeBytes: Bytes;
  readonly limitBytes: Bytes;
}

/** A limit that the group does not have is Infinity. */
export interface MemcgFrame {
  readonly name: string;
  /** Of the group above whose usage contains this one's; empty: none. */
  readonly parent: string;
  /** usage_in_bytes, in pages: charged pages and per-cpu stocks. */
  readonly usagePages: Pages;
  readonly limitPages: Pages;
  readonly softLimitPages: Pages;
  /** The group's kswapd starts above low and stops below high, which is the smaller one. */
  readonly wmarks: { readonly low: Pages; readonly high: Pages };
  /** Dirty limits of its own. */
  readonly backgroundThreshPages: Pages;
  readonly dirtyThreshPages: Pages;
  readonly anonPages: Pages;
  readonly cleanPages: Pages;
  readonly dirtyPages: Pages;
  readonly writebackPages: Pages;
  /** memory.failcnt, and how long its tasks have been held up reclaiming at the limit. */
  readonly failcnt: number;
  readonly stalledNs: Ns;
  /** Its LRU lists in LIST_NAMES' order: a part of the look. */
  readonly lists?: readonly ListFrame[];
}

export interface TaskFrame {
  readonly id: number;
  readonly name: string;
  readonly letter: string;
  /** Lane class: a program, kswapd or a flusher. */
  readonly kind: 'task' | 'kswapd' | 'flusher';
  readonly state: 'running' | 'asleep' | 'dead';
  /** In which kind of reclaim the task is now. */
  readonly reclaim: 'none' | 'direct' | 'memcg' | 'kswapd';
  /** Function and named step it stands in, innermost first. */
  readonly stack: readonly LiveFrame[];
  readonly stackBytes: Bytes;
  readonly stackHighBytes: Bytes;
  /** What was on the stack at its high-water mark, outermost function first; functions that are inlined have 0 bytes. */
  readonly stackHigh: readonly StackFrameView[];
  /** Where in stackHigh reclaim enters a filesystem or swap: the index of its first frame; -1 where it does not. */
  readonly spliceAt: number;
  /** What it sleeps on, in words; empty when running. */
  readonly waitsFor: string;
}

/** One link of a cycle of page locks: who waits, where, for which page, and who holds it. */
export interface LockWaitFrame {
  readonly task: number;
  /** Function that sleeps in lock_page(), and the one that called it. */
  readonly fn: string;
  readonly caller: string;
  readonly file: string;
  readonly index: Pages;
  readonly heldBy: number;
}

/** One function on a live kernel stack. */
export interface LiveFrame {
  readonly name: string;
  /** Empty where a function has no steps of its own. */
  readonly step: string;
  /** Its place among the function's steps, from 0, and how many there are. */
  readonly nth?: number;
  readonly steps?: number;
  readonly bytes: Bytes;
}

/** One function on a kernel stack. */
export interface StackFrameView {
  readonly name: string;
  readonly bytes: Bytes;
  /** No source gives the figure. */
  readonly assumed: boolean;
}

export interface DiskFrame {
  /** 8:0, 8:16, …; and what it is. */
  readonly name: string;
  readonly model: string;
  /** Nothing turns in it: no head stands anywhere. */
  readonly nonrot: boolean;
  readonly totalSectors: Sector;
  readonly headSector: Sector;
  readonly busy: boolean;
  /** What the drive has in hand, in the order in which it took them. */
  readonly inDrive: readonly DriveRequest[];
  /** Sectors in the drive's write cache that are not on the platter yet. */
  readonly cachedSectors: Sector;
  /** Queued requests, ascending by sector: start, length, 1 = write; when its oldest bio came, and whose thread's it is. */
  readonly queueSector: Float64Array;
  readonly queueSectors: Int32Array;
  readonly queueWrite: Uint8Array;
  readonly queueNs: Float64Array;
  readonly queueTask: Int16Array;
  /** Requests lent by the pool per class, queued and in flight: what congestion is told by. */
  readonly lent: { readonly sync: number; readonly async: number };
  /** Which class is congested now: it depends on the way there, so the count alone does not tell. */
  readonly congested: { readonly sync: boolean; readonly async: boolean };
  readonly files: readonly FileFrame[];
}

/** A request that has left the queue and is not finished. */
export interface DriveRequest {
  readonly sector: Sector;
  readonly sectors: Sector;
  readonly isWrite: boolean;
  /** When its oldest bio came, and when the drive took it. */
  readonly queuedNs: Ns;
  readonly startNs: Ns;
  /** Whose thread's it is. */
  readonly task: number;
}

/** A file on a disk; of a trace, which does not tell where files lie, a part of the disk that requests are about. */
export interface FileFrame {
  readonly name: string;
  /** Row in Machine.spaces; -1: no file. */
  readonly space: number;
  readonly startSector: Sector;
  /** Its size. */
  readonly sectors: Sector;
  /**
   * From its first sector to its last, with what may lie between: more than the size where the filesystem chooses the blocks as
   * it writes.
   */
  readonly placeSectors: Sector;
  /** Where in its place its pages lie, ascending and apart; past 64 the nearest are joined over what lies between them. */
  readonly stretches: readonly DiskStretch[];
}

/** Sectors of a disk one after the other. */
export interface DiskStretch {
  readonly sector: Sector;
  readonly sectors: Sector;
}

/** Requests the disks finished since the last answer: the rows of "LBA over time". */
export interface RequestColumns {
  /** Which disk: 0 is the first. */
  readonly disk: Uint8Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  readonly sector: Float64Array;
  readonly sectors: Int32Array;
  /** 1 = write. */
  readonly write: Uint8Array;
  /** ACTOR number of the bio that created the request. */
  readonly by: Uint8Array;
  readonly seekNs: Float64Array;
  readonly rotateNs: Float64Array;
  readonly transferNs: Float64Array;
}

/** What going back costs in memory: checkpoints, from which any place of the run is reached by running on. */
export interface PastFrame {
  readonly checkpoints: number;
  readonly checkpointBytes: Bytes;
  /** When that is full every second checkpoint is dropped and `spacingNs` doubles. */
  readonly budgetBytes: Bytes;
  readonly spacingNs: Ns;
  /** Nothing before this can be gone to any more; 0: everything can. */
  readonly horizonNs: Ns;
}

/** What held a task: direct reclaim, reclaim at its group's limit, or the dirty limits. */
export const STALL_KINDS = ['direct', 'memcg', 'throttled'] as const;
export type StallKind = (typeof STALL_KINDS)[number];

/**
 * Stalls that have ended since the last answer, in the order of their ends: from the begin event to the end event of one task
 * (direct_reclaim, memcg_reclaim, balance_dirty). A stay in balance_dirty_pages() that takes no time is none.
 */
export interface StallColumns {
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** Task id. */
  readonly thread: Int16Array;
  /** Row of STALL_KINDS. */
  readonly kind: Uint8Array;
}

/** One row per SAMPLE_NS of virtual time: what the scrubber and the lanes are painted from. */
export interface SampleColumns {
  readonly timeNs: Float64Array;
  readonly freePages: Float64Array;
  readonly dirtyPages: Float64Array;
  readonly writebackPages: Float64Array;
  /** Share of the sample each thread ran (0…1) and slept in reclaim (0…1): rows of `threads` values each. */
  readonly threads: number;
  readonly ran: Float32Array;
  readonly stalled: Float32Array;
  /** Share of the sample in which each of SAMPLE_ACTORS was at work (0…1): rows of so many values. */
  readonly acted: Float32Array;
  /** Tasks that the OOM killer ended in the sample. */
  readonly oomKills: Float64Array;
  /** Times that a kernel stack overflowed in the sample. */
  readonly overflows: Float64Array;
  /** SAMPLED (abi/counters) as they stand: rows of so many values. */
  readonly counters: Float64Array;
}
/** kswapd awake; some task in direct reclaim, in memory cgroup reclaim; a flusher with work in hand. */
export const SAMPLE_ACTORS = ['kswapd', 'direct', 'memcg', 'flusher'] as const;
export type SampleActor = (typeof SAMPLE_ACTORS)[number];
export const SAMPLE_NS = 50e6;
