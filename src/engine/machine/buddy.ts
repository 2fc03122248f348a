import { broken } from '../../abi/errors.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import { NONE, type PageTable } from './page-table.ts';

export const MAX_ORDER = 11;

/** Free lists of the zone, one per order; links and orders are columns of the page table. One migrate type. */
export interface BuddyState {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** nr_free: blocks per order. */
  readonly blocks: Int32Array;
  freePages: Pages;
}

export function createBuddy(): BuddyState {
  return {
    heads: new Int32Array(MAX_ORDER).fill(NONE),
    tails: new Int32Array(MAX_ORDER).fill(NONE),
    blocks: new Int32Array(MAX_ORDER),
    freePages: 0,
  };
}

/** page_alloc.c __rmqueue_smallest() and __free_one_page(): model.md R2.1–R2.3 for one migrate type. */
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

  /** The first page of a block of 2^order pages, or NONE. Takes list heads and splits; the low half is handed out (R2.2). */
  alloc(order: number): Pfn {
    const { state } = this;
    for (let from = order; from < MAX_ORDER; from++) {
      const pfn = state.heads[from]!;
      if (pfn === NONE) continue;
      this.unlink(pfn, from);
      for (let half = from - 1; half >= order; half--) this.pushHead(pfn + (1 << half), half);
      state.freePages -= 1 << order;
      return pfn;
    }
    return NONE;
  }

  /** Frees 2^order pages from `pfn` and merges with free buddies up to the largest order (R2.3). */
  free(pfn: Pfn, order: number): void {
    const { pages, state } = this;
    if (pages.isBuddy(pfn) || (pfn & ((1 << order) - 1)) !== 0) broken('free of pfn # order # (I2)', pfn, order);
    state.freePages += 1 << order;
    let block = pfn;
    let at = order;
    for (; at < MAX_ORDER - 1; at++) {
      const buddy = block ^ (1 << at);
      if (!this.isFreeBlock(buddy, at)) break;
      this.unlink(buddy, at);
      block &= ~(1 << at);
    }
    // Tail, when the next-higher buddy is free too: the block is likely to merge soon (2.6.35, §0.3-5).
    const higherBuddy = (block & ~(1 << at)) ^ (1 << (at + 1));
    if (at < MAX_ORDER - 2 && this.isFreeBlock(higherBuddy, at + 1)) this.pushTail(block, at);
    else this.pushHead(block, at);
  }

  isFreeBlock(pfn: Pfn, order: number): boolean {
    return pfn < this.pages.count && this.pages.isBuddy(pfn) && this.pages.columns.order[pfn] === order;
  }

  private pushHead(pfn: Pfn, order: number): void {
    const { next, prev } = this.pages.columns;
    const { heads, tails } = this.state;
    const head = heads[order]!;
    next[pfn] = head;
    prev[pfn] = NONE;
    if (head === NONE) tails[order] = pfn;
    else prev[head] = pfn;
    heads[order] = pfn;
    this.mark(pfn, order);
  }

  private pushTail(pfn: Pfn, order: number): void {
    const { next, prev } = this.pages.columns;
    const { heads, tails } = this.state;
    const tail = tails[order]!;
    prev[pfn] = tail;
    next[pfn] = NONE;
    if (tail === NONE) heads[order] = pfn;
    else next[tail] = pfn;
    tails[order] = pfn;
    this.mark(pfn, order);
  }

  private mark(pfn: Pfn, order: number): void {
    this.pages.setBuddy(pfn);
    this.pages.columns.order[pfn] = order;
    this.state.blocks[order]!++;
  }

  private unlink(pfn: Pfn, order: number): void {
    const { next, prev } = this.pages.columns;
    const { heads, tails, blocks } = this.state;
    const before = prev[pfn]!;
    const after = next[pfn]!;
    if (before === NONE) heads[order] = after;
    else next[before] = after;
    if (after === NONE) tails[order] = before;
    else prev[after] = before;
    next[pfn] = NONE;
    prev[pfn] = NONE;
    this.pages.clearBuddy(pfn);
    blocks[order]!--;
  }
}
