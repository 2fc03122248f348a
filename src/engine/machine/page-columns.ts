import type { Pages } from '../../abi/units.ts';

/** No mapping, no list neighbour, no swap slot. */
export const NONE = -1;
/** Holder of a page lock that is not a thread: the read in flight that will unlock it. */
export const LOCKED_BY_IO = -2;

export const NO_SPACE = 0xffff;

/** struct page as columns; one row per frame. Behind it lie the file's page index and the disk's versions. */
export interface PageColumns {
  readonly flags: Int32Array;
  /** Neighbours on the zone's LRU list, or on a buddy free list. */
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Neighbours on the memcg's LRU list. */
  readonly memcgNext: Int32Array;
  readonly memcgPrev: Int32Array;
  readonly index: Int32Array;
  readonly swapSlot: Int32Array;
  /** Content version: grows with every write to the page (I7). */
  readonly version: Int32Array;
  /** Version that the write in flight carries. */
  readonly ioVersion: Int32Array;
  /** Address space the page belongs to; NO_SPACE when none. */
  readonly space: Uint16Array;
  /** Thread that holds the page lock, and thread that holds the page isolated. */
  readonly lockedBy: Int16Array;
  readonly isolatedBy: Int16Array;
  /** When a surplus page of a range write was written, in units of 100 ms. */
  readonly surplusAt: Uint16Array;
  readonly memcg: Uint8Array;
  /** Of a free block's first page: its order, and above it (<< TYPE_SHIFT) the migrate type whose list it is on. */
  readonly order: Uint8Array;
  /** The pte: all that a touch that hits looks at, so it lies closely packed. */
  readonly pte: Uint8Array;
  /** References beyond the page cache's own: tasks that wait on the page or copy to it. */
  readonly pins: Uint8Array;
}

export function createPageColumns(count: Pages): PageColumns {
  const ints = () => new Int32Array(count).fill(NONE);
  return {
    flags: new Int32Array(count),
    next: ints(),
    prev: ints(),
    memcgNext: ints(),
    memcgPrev: ints(),
    index: ints(),
    swapSlot: ints(),
    version: new Int32Array(count),
    ioVersion: new Int32Array(count),
    space: new Uint16Array(count).fill(NO_SPACE),
    lockedBy: new Int16Array(count).fill(NONE),
    isolatedBy: new Int16Array(count).fill(NONE),
    surplusAt: new Uint16Array(count),
    memcg: new Uint8Array(count),
    order: new Uint8Array(count),
    pte: new Uint8Array(count),
    pins: new Uint8Array(count),
  };
}
