import type { Ns, Pages, Pfn } from './units.ts';

/** A page by the file (or anonymous memory) it belongs to and its place there: both machines know it by that name. */
export interface PageName {
  /** Row in Machine.spaces. */
  readonly space: number;
  readonly index: Pages;
}

/** Who did something: a thread as it acted then, or a disk. */
export interface Doer {
  /** -1: a disk. */
  readonly thread: number;
  readonly letter: string;
  readonly name: string;
  /** ACTOR number; -1: a disk. */
  readonly actor: number;
}

/** What of a page a kernel person would ask for. */
export interface PageState {
  /** Its frame; -1: not in memory. */
  readonly pfn: Pfn;
  /** Bits of LIFE. */
  readonly bits: number;
  /** Row in LIST_NAMES; -1: on none. */
  readonly list: number;
  /** Laps of the LRU that it has made dirty. */
  readonly laps: number;
  /** Slot of the swap area that holds it; -1: none. */
  readonly swapSlot: number;
}

export const LIFE = {
  UPTODATE: 1,
  DIRTY: 2,
  WRITEBACK: 4,
  REFERENCED: 8,
  ACTIVE: 16,
  RECLAIM: 32,
  ISOLATED: 64,
  MAPPED: 128,
  ANON: 256,
  SWAP_CACHE: 512,
} as const;

/** Something that happened to the page. */
export interface LifeEvent {
  readonly atNs: Ns;
  readonly by: Doer;
  /** The kernel's function, as `pageout()`; what a disk does has none. */
  readonly fn: string;
  /** Number in the reference model. */
  readonly rule: string;
  /** What it did, and why, in words. */
  readonly says: string;
  /** The functions on its kernel stack, innermost first; empty for a disk. */
  readonly stack: readonly string[];
  /** The page afterwards. */
  readonly state: PageState;
}

export interface Biography {
  readonly page: PageName;
  /** Name of the file, or of the task whose memory it is. */
  readonly file: string;
  readonly events: readonly LifeEvent[];
  /** How far the run was looked at. */
  readonly untilNs: Ns;
}
