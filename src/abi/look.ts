import type { MachineId } from './scenario.ts';
import type { Ns, Pages, Pfn, Sector } from './units.ts';

/**
 * What the page looks at: an engine puts nothing into its frames that nobody sees. Set by EngineApi.look(); until then
 * LIST_LOOK holds.
 */
export interface Look {
  readonly order: CellOrder;
  readonly parts: readonly FramePart[];
  /** To be found in this machine: MachineFrame.found answers in the same order. */
  readonly lit: readonly Thing[];
}

/** How a frame's cells lie: each LRU list newest first; each file from its first page to its last; memory by frame number. */
export type CellOrder = 'list' | 'file' | 'pfn';
/** Parts of a frame that cost something: physical memory, lists of the groups, inodes of the flushers. */
export type FramePart = 'map' | 'groups' | 'flushers';

export const LIST_LOOK: Look = { order: 'list', parts: [], lit: [] };

/**
 * Something that several pictures show. Named so that both machines know it: a page by the file (or anonymous memory) it
 * belongs to and its place there, not by its frame; a request by the sectors it covers.
 */
export type Thing =
  | { readonly kind: 'page'; readonly space: number; readonly index: Pages }
  | {
      readonly kind: 'request';
      readonly machine: MachineId;
      readonly disk: number;
      readonly sector: Sector;
      readonly sectors: Sector;
      /** When the drive took it; -1 while it waits in the queue. */
      readonly startNs: Ns;
    }
  | { readonly kind: 'task'; readonly id: number }
  | { readonly kind: 'memcg'; readonly name: string };

/** A place in a picture: an index into a frame's cells or its lens; in 'map' a frame number. */
export interface Spot {
  readonly in: 'cells' | 'lens' | 'map';
  readonly at: number;
}

/** A strip of cells in file or pfn order: a file, the anonymous memory of a task, or all of memory. */
export interface StripFrame {
  readonly kind: 'file' | 'anon' | 'memory';
  readonly name: string;
  /** Row in Machine.spaces; -1 for memory. */
  readonly space: number;
  /** Cells of it: the file's size. */
  readonly pages: Pages;
}

/** Cells of frames that are in no address space: never freed by reclaim. As states they are CELL.FREE with a mark. */
export const HELD_CELL = { KERNEL: 16, HUGE: 32 } as const;

/** Where a lit thing is in this machine now. */
export interface Found {
  readonly thing: Thing;
  /** Of a page. */
  readonly page?: FoundPage;
  /** Of a memcg or a request: 1 for each cell that belongs to it, and the same by frame number where the map is shown. */
  readonly cells?: Uint8Array;
  readonly map?: Uint8Array;
  /** And for each cell of the lens. */
  readonly lens?: Uint8Array;
}

export interface FoundPage {
  /** The file's name, or whose anonymous memory. */
  readonly name: string;
  /** -1: not in memory. */
  readonly pfn: Pfn;
  readonly cell: number;
  /** Laps of the LRU it has made dirty. */
  readonly laps: number;
  /** Its LRU list (row of LIST_NAMES) and how many pages go before it; -1: on none. */
  readonly list: number;
  readonly fromTail: Pages;
  /** Its place in the cells and in the lens; -1: not there. */
  readonly at: number;
  readonly lensAt: number;
  /** Memory cgroup; empty: none. */
  readonly memcg: string;
  /** Who holds it isolated; -1: nobody. */
  readonly isolatedBy: number;
  /** First sector of the request that carries it, -1: none; and whether that one is still queued. */
  readonly requestSector: Sector;
  readonly isQueued: boolean;
}

/** Physical memory: what /proc/buddyinfo and /proc/pagetypeinfo sum up. */
export interface MapFrame {
  /** A CELL byte, or HELD_CELL, per frame of memory. */
  readonly cells: Uint8Array;
  /** First frame and order of each free block, ascending. */
  readonly freeAt: Int32Array;
  readonly freeOrder: Uint8Array;
  /** nr_free per order. */
  readonly freeBlocks: readonly number[];
  /** A pageblock: 2^pageblockOrder frames, the size of a huge page. */
  readonly pageblockOrder: number;
  /** Row of MIGRATE_TYPES of each pageblock. */
  readonly types: Uint8Array;
  /** Frames of each pageblock that are free, and that the kernel holds: with none of these it could become a huge page. */
  readonly free: Uint16Array;
  readonly held: Uint16Array;
  /** Huge pages that the workload has got and keeps. */
  readonly hugePages: number;
}
/** In the order of the engine's numbers. */
export const MIGRATE_TYPES = ['Unmovable', 'Reclaimable', 'Movable', 'Reserve'] as const;

/** One of a group's LRU lists, in the order of LIST_NAMES. */
export interface ListFrame {
  readonly pages: Pages;
  readonly dirtyPages: Pages;
  readonly writebackPages: Pages;
}

/** struct bdi_writeback with its flusher. */
export interface FlusherFrame {
  readonly task: number;
  /** Its thread, the disk it writes to, and the group whose inodes it has; empty: all. */
  readonly name: string;
  readonly disk: string;
  readonly memcg: string;
  /** What it works on now, in words; empty: it sleeps. And the works that wait. */
  readonly work: string;
  readonly waiting: readonly string[];
  /** Inodes, newest first. */
  readonly bDirty: readonly InodeFrame[];
  readonly bIo: readonly InodeFrame[];
  readonly bMoreIo: readonly InodeFrame[];
}

export interface InodeFrame {
  readonly space: number;
  readonly name: string;
  readonly dirtyPages: Pages;
  readonly writebackPages: Pages;
  readonly dirtiedWhenNs: Ns;
  /** Letter of the thread that writes it under I_SYNC; empty: nobody. */
  readonly writer: string;
}
