import { broken } from '../../abi/errors.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import { FALLBACKS, MOVABLE, NR_TYPES, RECLAIMABLE, RESERVE } from './migrate-type.ts';
import { NONE, type PageTable } from './page-table.ts';

/** x86's. */
export const MAX_ORDER = 11;
/** Rows of a type's free lists: room for the largest MAX_ORDER of all architectures. */
const ORDERS = 13;
/** x86-64 with hugetlb: 2 MiB (model.md §0.1). */
export const PAGEBLOCK_ORDER = 9;

/** Free lists of the zone, one per migrate type and order; links, orders and types are columns of the page table. */
export interface BuddyState {
  /** Rows of listOf(). */
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** nr_free: blocks per order, of all types. */
  readonly blocks: Int32Array;
  /** Migrate type of each pageblock: what is freed there goes to that type's lists (R2.3). */
  readonly blockTypes: Uint8Array;
  readonly pageblockOrder: number;
  readonly maxOrder: number;
  freePages: Pages;
}

/** At boot all pageblocks are MOVABLE (R2.5). */
export function createBuddy(count: Pages, pageblockOrder = PAGEBLOCK_ORDER, maxOrder = MAX_ORDER): BuddyState {
  return {
    heads: new Int32Array(NR_TYPES * ORDERS).fill(NONE),
    tails: new Int32Array(NR_TYPES * ORDERS).fill(NONE),
    blocks: new Int32Array(ORDERS),
    blockTypes: new Uint8Array(Math.ceil(count / (1 << pageblockOrder))).fill(MOVABLE),
    pageblockOrder,
    maxOrder,
    freePages: 0,
  };
}

/** Row of a free list in heads and tails. */
export function freeList(type: number, order: number): number {
  return type * ORDERS + order;
}

/** page_alloc.c: the free lists of one zone, model.md R2.1–R2.5. */
export class Buddy {
  readonly state: BuddyState;
  private readonly pages: PageTable;

  constructor(state: BuddyState, pages: PageTable) {
    this.state = state;
    this.pages = pages;
  }

  get freePages(): Pages {
    return this.state.freePages;
  }

  /** __rmqueue(): the first page of a block of 2^order pages, or NONE. RESERVE is the last resort of all types (R2.4). */
  alloc(order: number, type = MOVABLE): Pfn {
    let pfn = this.allocSmallest(order, type);
    if (pfn === NONE && type !== RESERVE) pfn = this.allocFallback(order, type);
    if (pfn === NONE && type !== RESERVE) pfn = this.allocSmallest(order, RESERVE);
    if (pfn !== NONE) this.state.freePages -= 1 << order;
    return pfn;
  }

  /** Frees 2^order pages from `pfn` and merges with free buddies up to the largest order (R2.3). */
  free(pfn: Pfn, order: number, waitsToMerge = true): void {
    const { pages, state } = this;
    if (pages.isBuddy(pfn) || (pfn & ((1 << order) - 1)) !== 0) broken('free of pfn # order # (I2)', pfn, order);
    const type = this.blockType(pfn);
    state.freePages += 1 << order;
    let block = pfn;
    let at = order;
    for (; at < this.state.maxOrder - 1; at++) {
      const buddy = block ^ (1 << at);
      if (!this.isFreeBlock(buddy, at)) break;
      this.unlink(buddy);
      block &= ~(1 << at);
    }
    // Tail, when the next-higher buddy is free too: the block is likely to merge soon (2.6.35, §0.3-5).
    const higherBuddy = (block & ~(1 << at)) ^ (1 << (at + 1));
    const maySoon = waitsToMerge && at < this.state.maxOrder - 2;
    if (maySoon && this.isFreeBlock(higherBuddy, at + 1)) this.pushTail(block, at, type);
    else this.pushHead(block, at, type);
  }

  isFreeBlock(pfn: Pfn, order: number): boolean {
    return pfn < this.pages.count && this.pages.isBuddy(pfn) && this.pages.buddyOrder(pfn) === order;
  }

  /** split_free_page(): takes a free block off its list, whatever its type and size. */
  takeBlock(pfn: Pfn): void {
    this.state.freePages -= 1 << this.pages.buddyOrder(pfn);
    this.unlink(pfn);
  }

  /** get_pageblock_migratetype(). */
  blockType(pfn: Pfn): number {
    return this.state.blockTypes[pfn >> this.state.pageblockOrder]!;
  }

  /** Gives a pageblock, and all that is free of it, to a type: set_pageblock_migratetype(), move_freepages_block(). */
  claimBlock(pfn: Pfn, type: number): void {
    this.state.blockTypes[pfn >> this.state.pageblockOrder] = type;
    this.moveFreePages(pfn, type);
  }

  /** __rmqueue_smallest(): takes list heads and splits; the low half is handed out (R2.2). */
  private allocSmallest(order: number, type: number): Pfn {
    const { heads } = this.state;
    for (let from = order; from < this.state.maxOrder; from++) {
      const pfn = heads[freeList(type, from)]!;
      if (pfn === NONE) continue;
      this.unlink(pfn);
      this.expand(pfn, order, from, type);
      return pfn;
    }
    return NONE;
  }

  /** expand(): the upper halves of a split block go to the heads of the lower lists. */
  private expand(pfn: Pfn, order: number, from: number, type: number): void {
    for (let half = from - 1; half >= order; half--) this.pushHead(pfn + (1 << half), half, type);
  }

  /**
   * __rmqueue_fallback(): the largest block that another type has. A large one is taken over with all that is free around
   * it, the pageblock itself if half of it is free; else what the split leaves goes back to the donor (R2.4).
   */
  private allocFallback(order: number, type: number): Pfn {
    const { heads, blockTypes, pageblockOrder } = this.state;
    for (let from = this.state.maxOrder - 1; from >= order; from--) {
      for (const donor of FALLBACKS[type]!) {
        const pfn = heads[freeList(donor, from)]!;
        if (pfn === NONE) continue;
        const isTakenOver = from >= pageblockOrder >> 1 || type === RECLAIMABLE;
        if (isTakenOver && this.moveFreePages(pfn, type) >= 1 << (pageblockOrder - 1))
          blockTypes[pfn >> pageblockOrder] = type;
        this.unlink(pfn);
        if (from >= pageblockOrder) blockTypes.fill(type, pfn >> pageblockOrder, (pfn + (1 << from)) >> pageblockOrder);
        this.expand(pfn, order, from, isTakenOver ? type : donor);
        return pfn;
      }
    }
    return NONE;
  }

  /** move_freepages_block(): all that is free of the page's pageblock goes to the heads of a type's lists. Answers how much. */
  private moveFreePages(pfn: Pfn, type: number): Pages {
    const first = pfn & -(1 << this.state.pageblockOrder);
    const end = first + (1 << this.state.pageblockOrder);
    if (end > this.pages.count) return 0; // the zone's last, cut pageblock stays as it is
    let moved = 0;
    for (let at = first; at < end; ) {
      if (!this.pages.isBuddy(at)) {
        at++;
        continue;
      }
      const order = this.pages.buddyOrder(at);
      this.unlink(at);
      this.pushHead(at, order, type);
      moved += 1 << order;
      at += 1 << order;
    }
    return moved;
  }

  private pushHead(pfn: Pfn, order: number, type: number): void {
    const { next, prev } = this.pages.columns;
    const { heads, tails } = this.state;
    const list = freeList(type, order);
    const head = heads[list]!;
    next[pfn] = head;
    prev[pfn] = NONE;
    if (head === NONE) tails[list] = pfn;
    else prev[head] = pfn;
    heads[list] = pfn;
    this.pages.setBuddy(pfn, order, type);
    this.state.blocks[order]!++;
  }

  private pushTail(pfn: Pfn, order: number, type: number): void {
    const { next, prev } = this.pages.columns;
    const { heads, tails } = this.state;
    const list = freeList(type, order);
    const tail = tails[list]!;
    prev[pfn] = tail;
    next[pfn] = NONE;
    if (tail === NONE) heads[list] = pfn;
    else next[tail] = pfn;
    tails[list] = pfn;
    this.pages.setBuddy(pfn, order, type);
    this.state.blocks[order]!++;
  }

  private unlink(pfn: Pfn): void {
    const { next, prev } = this.pages.columns;
    const { heads, tails, blocks } = this.state;
    const order = this.pages.buddyOrder(pfn);
    const list = freeList(this.pages.buddyType(pfn), order);
    const before = prev[pfn]!;
    const after = next[pfn]!;
    if (before === NONE) heads[list] = after;
    else next[before] = after;
    if (after === NONE) tails[list] = before;
    else prev[after] = before;
    next[pfn] = NONE;
    prev[pfn] = NONE;
    this.pages.clearBuddy(pfn);
    blocks[order]!--;
  }
}
