import { broken } from '../../abi/errors.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import { NONE, type PageTable } from './page-table.ts';

export const INACTIVE_ANON = 0;
export const ACTIVE_ANON = 1;
export const INACTIVE_FILE = 2;
export const ACTIVE_FILE = 3;
export const UNEVICTABLE = 4;
/** Not a list of these kernels: the alternative that the series' cover letter leaves open (policy.skipped_dirty). */
export const DIRTY_FILE = 5;
export const NR_LISTS = 6;
/** Row of a page type in recent_scanned and recent_rotated. */
export const ANON = 0;
export const FILE = 1;

/** Five lists, the dirty one, and what get_scan_count() remembers about them: one set per zone, one per memcg (R3.1, R6.1). */
export interface LruSet {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  readonly lengths: Int32Array;
  readonly recentScanned: Float64Array;
  readonly recentRotated: Float64Array;
  /** nr_saved_scan: what is left below 32 waits here for the next call (R3.19). */
  readonly savedScan: Int32Array;
}

export function createLruSet(): LruSet {
  return {
    heads: new Int32Array(NR_LISTS).fill(NONE),
    tails: new Int32Array(NR_LISTS).fill(NONE),
    lengths: new Int32Array(NR_LISTS),
    recentScanned: new Float64Array(2),
    recentRotated: new Float64Array(2),
    savedScan: new Int32Array(4),
  };
}

/** One chain of links through the page table: the zone's, or the memcgs'. Head = newest, tail = next victim. */
export class LruChain {
  readonly next: Int32Array;
  readonly prev: Int32Array;

  constructor(next: Int32Array, prev: Int32Array) {
    this.next = next;
    this.prev = prev;
  }

  pushHead(set: LruSet, list: number, pfn: Pfn): void {
    const head = set.heads[list]!;
    this.next[pfn] = head;
    this.prev[pfn] = NONE;
    if (head === NONE) set.tails[list] = pfn;
    else this.prev[head] = pfn;
    set.heads[list] = pfn;
    set.lengths[list]!++;
  }

  pushTail(set: LruSet, list: number, pfn: Pfn): void {
    const tail = set.tails[list]!;
    this.prev[pfn] = tail;
    this.next[pfn] = NONE;
    if (tail === NONE) set.heads[list] = pfn;
    else this.next[tail] = pfn;
    set.tails[list] = pfn;
    set.lengths[list]!++;
  }

  remove(set: LruSet, list: number, pfn: Pfn): void {
    const before = this.prev[pfn]!;
    const after = this.next[pfn]!;
    if (before === NONE) set.heads[list] = after;
    else this.next[before] = after;
    if (after === NONE) set.tails[list] = before;
    else this.prev[after] = before;
    this.next[pfn] = NONE;
    this.prev[pfn] = NONE;
    if (set.lengths[list]!-- <= 0) broken('removed pfn # from an empty list # (I3)', pfn, list);
  }
}

/**
 * The LRU lists with both memberships: a charged page is on the zone's list and on its memcg's list of the same kind,
 * and goes on and off both together (swap.c, memcontrol.c mem_cgroup_add_lru_list(); R3.1, R6.1, I12).
 */
export class Lru {
  private readonly zoneChain: LruChain;
  private readonly memcgChain: LruChain;

  readonly zone: LruSet;
  private readonly pages: PageTable;
  private readonly memcgs: readonly { readonly lru: LruSet }[];

  constructor(pages: PageTable, zone: LruSet, memcgs: readonly { readonly lru: LruSet }[]) {
    this.pages = pages;
    this.zone = zone;
    this.memcgs = memcgs;
    const { next, prev, memcgNext, memcgPrev } = pages.columns;
    this.zoneChain = new LruChain(next, prev);
    this.memcgChain = new LruChain(memcgNext, memcgPrev);
  }

  /** page_lru(): which list the page's flags put it on. */
  listOf(pfn: Pfn): number {
    if (this.pages.isUnevictable(pfn)) return UNEVICTABLE;
    if (this.pages.isActive(pfn)) return this.pages.isSwapBacked(pfn) ? ACTIVE_ANON : ACTIVE_FILE;
    if (this.pages.isKeptDirty(pfn)) return DIRTY_FILE;
    return this.pages.isSwapBacked(pfn) ? INACTIVE_ANON : INACTIVE_FILE;
  }

  /** To the head of its list, in both memberships; sets PG_lru. */
  add(pfn: Pfn): void {
    if (this.pages.isOnLru(pfn)) broken('pfn # is on a list already (I4)', pfn);
    const list = this.listOf(pfn);
    this.pages.setLru(pfn);
    this.zoneChain.pushHead(this.zone, list, pfn);
    const memcg = this.memcgSet(pfn);
    if (memcg !== undefined) this.memcgChain.pushHead(memcg, list, pfn);
  }

  /** Off both lists; clears PG_lru. */
  remove(pfn: Pfn): void {
    if (!this.pages.isOnLru(pfn)) broken('pfn # is on no list (I4)', pfn);
    const list = this.listOf(pfn);
    this.pages.clearLru(pfn);
    this.zoneChain.remove(this.zone, list, pfn);
    const memcg = this.memcgSet(pfn);
    if (memcg !== undefined) this.memcgChain.remove(memcg, list, pfn);
  }

  /** To the tail of the zone's list (R3.38); the memcg's list follows only where its historical bug is off (R3.39, B2). */
  rotateToTail(pfn: Pfn, memcgToo: boolean): void {
    const list = this.listOf(pfn);
    this.zoneChain.remove(this.zone, list, pfn);
    this.zoneChain.pushTail(this.zone, list, pfn);
    const memcg = this.memcgSet(pfn);
    if (!memcgToo || memcg === undefined) return;
    this.memcgChain.remove(memcg, list, pfn);
    this.memcgChain.pushTail(memcg, list, pfn);
  }

  /** From the dirty list to the tail of the inactive one, in both memberships: what its flags say now is where it goes. */
  addTail(pfn: Pfn): void {
    const list = this.listOf(pfn);
    this.pages.setLru(pfn);
    this.zoneChain.pushTail(this.zone, list, pfn);
    const memcg = this.memcgSet(pfn);
    if (memcg !== undefined) this.memcgChain.pushTail(memcg, list, pfn);
  }

  /** An uncharged page that gets a memcg while on the LRU joins that memcg's list at the head. */
  joinMemcg(pfn: Pfn): void {
    const memcg = this.memcgSet(pfn);
    if (memcg !== undefined && this.pages.isOnLru(pfn)) this.memcgChain.pushHead(memcg, this.listOf(pfn), pfn);
  }
  leaveMemcg(pfn: Pfn): void {
    const memcg = this.memcgSet(pfn);
    if (memcg !== undefined && this.pages.isOnLru(pfn)) this.memcgChain.remove(memcg, this.listOf(pfn), pfn);
  }

  /** mark_page_accessed()'s activation (R3.5): to the head of the active list. */
  activate(pfn: Pfn): void {
    this.remove(pfn);
    this.pages.setActive(pfn);
    this.add(pfn);
    this.noteScanned(pfn, 1);
    this.noteRotated(pfn, 1);
  }

  /** recent_scanned of the page's type, in zone and memcg (R3.4, R3.5). */
  noteScanned(pfn: Pfn, pages: Pages): void {
    const type = this.typeOf(pfn);
    this.zone.recentScanned[type]! += pages;
    const memcg = this.memcgSet(pfn);
    if (memcg !== undefined) memcg.recentScanned[type]! += pages;
  }
  noteRotated(pfn: Pfn, pages: Pages): void {
    const type = this.typeOf(pfn);
    this.zone.recentRotated[type]! += pages;
    const memcg = this.memcgSet(pfn);
    if (memcg !== undefined) memcg.recentRotated[type]! += pages;
  }

  /** Next victim of a list; NONE when empty. */
  tail(set: LruSet, list: number): Pfn {
    return set.tails[list]!;
  }
  /** The page before this one in age (towards the newest), on the chain the set belongs to. */
  newer(set: LruSet, pfn: Pfn): Pfn {
    return (set === this.zone ? this.zoneChain.prev : this.memcgChain.prev)[pfn]!;
  }
  older(set: LruSet, pfn: Pfn): Pfn {
    return (set === this.zone ? this.zoneChain.next : this.memcgChain.next)[pfn]!;
  }

  private typeOf(pfn: Pfn): number {
    return this.pages.isSwapBacked(pfn) ? ANON : FILE;
  }
  private memcgSet(pfn: Pfn): LruSet | undefined {
    const id = this.pages.columns.memcg[pfn]!;
    return id === 0 ? undefined : this.memcgs[id]!.lru;
  }
}
