import { broken } from '../../abi/errors.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import { NO_SPACE, NONE, type PageColumns } from './page-columns.ts';

export { LOCKED_BY_IO, NO_SPACE, NONE } from './page-columns.ts';

// include/linux/page-flags.h.
const LOCKED = 1 << 0;
const REFERENCED = 1 << 1;
const UPTODATE = 1 << 2;
const DIRTY = 1 << 3;
const LRU = 1 << 4;
const ACTIVE = 1 << 5;
const WRITEBACK = 1 << 6;
const RECLAIM = 1 << 7;
const SWAPBACKED = 1 << 8;
const SWAPCACHE = 1 << 9;
const UNEVICTABLE = 1 << 10;
const BUDDY = 1 << 11;
const ISOLATED = 1 << 12;
const RESERVED = 1 << 13;
const ANON = 1 << 14;
const CONTENDED = 1 << 15;
const SURPLUS = 1 << 16;
const COMPOUND = 1 << 17;
const BYSTANDER = 1 << 18;
/** On the dirty list, or bound for it when it goes back to the lists. */
const KEPT_DIRTY = 1 << 19;
/** The top byte of the flags: laps of the LRU the page has made dirty. */
const LAPS_SHIFT = 24;
const LAPS_MAX = 255;

// The page's one pte (model.md S7: mapcount is at most 1).
const MAPPED = 1 << 0;
const YOUNG = 1 << 1;
const PTE_DIRTY = 1 << 2;
const PTE_WRITE = 1 << 3;
/** The pte is of a task whose memory cgroup is not the page's own. */
const FOREIGN = 1 << 4;
/** What a load leaves behind. */
const LOADED = MAPPED | YOUNG;

const TYPE_SHIFT = 4;
const ORDER_MASK = (1 << TYPE_SHIFT) - 1;

/** Names for the columns; owns nothing and is made again after a restore. */
export class PageTable {
  readonly columns: PageColumns;
  readonly count: Pages;
  readonly flags: Int32Array;
  private readonly pte: Uint8Array;

  constructor(columns: PageColumns) {
    this.columns = columns;
    this.count = columns.flags.length;
    this.flags = columns.flags;
    this.pte = columns.pte;
  }

  isLocked(pfn: Pfn): boolean {
    return (this.flags[pfn]! & LOCKED) !== 0;
  }
  isReferenced(pfn: Pfn): boolean {
    return (this.flags[pfn]! & REFERENCED) !== 0;
  }
  isUptodate(pfn: Pfn): boolean {
    return (this.flags[pfn]! & UPTODATE) !== 0;
  }
  isDirty(pfn: Pfn): boolean {
    return (this.flags[pfn]! & DIRTY) !== 0;
  }
  isOnLru(pfn: Pfn): boolean {
    return (this.flags[pfn]! & LRU) !== 0;
  }
  isActive(pfn: Pfn): boolean {
    return (this.flags[pfn]! & ACTIVE) !== 0;
  }
  isUnderWriteback(pfn: Pfn): boolean {
    return (this.flags[pfn]! & WRITEBACK) !== 0;
  }
  /** PG_reclaim, which shares its bit with PG_readahead (R3.40). */
  isReclaim(pfn: Pfn): boolean {
    return (this.flags[pfn]! & RECLAIM) !== 0;
  }
  /** PG_swapbacked: on the anon lists. */
  isSwapBacked(pfn: Pfn): boolean {
    return (this.flags[pfn]! & SWAPBACKED) !== 0;
  }
  isInSwapCache(pfn: Pfn): boolean {
    return (this.flags[pfn]! & SWAPCACHE) !== 0;
  }
  isUnevictable(pfn: Pfn): boolean {
    return (this.flags[pfn]! & UNEVICTABLE) !== 0;
  }
  isBuddy(pfn: Pfn): boolean {
    return (this.flags[pfn]! & BUDDY) !== 0;
  }
  isIsolated(pfn: Pfn): boolean {
    return (this.flags[pfn]! & ISOLATED) !== 0;
  }
  isReserved(pfn: Pfn): boolean {
    return (this.flags[pfn]! & RESERVED) !== 0;
  }
  isAnon(pfn: Pfn): boolean {
    return (this.flags[pfn]! & ANON) !== 0;
  }
  isMapped(pfn: Pfn): boolean {
    return (this.pte[pfn]! & MAPPED) !== 0;
  }
  isYoung(pfn: Pfn): boolean {
    return (this.pte[pfn]! & YOUNG) !== 0;
  }
  /** Mapped by a task of another group (R6.11). */
  isForeign(pfn: Pfn): boolean {
    return (this.pte[pfn]! & FOREIGN) !== 0;
  }
  isPteDirty(pfn: Pfn): boolean {
    return (this.pte[pfn]! & PTE_DIRTY) !== 0;
  }
  isPteWritable(pfn: Pfn): boolean {
    return (this.pte[pfn]! & PTE_WRITE) !== 0;
  }
  /** Of an allocated block of several frames: PG_head or PG_tail. */
  isCompound(pfn: Pfn): boolean {
    return (this.flags[pfn]! & COMPOUND) !== 0;
  }
  /** In use when lumpy reclaim took it, only because it lay in the block. */
  isBystander(pfn: Pfn): boolean {
    return (this.flags[pfn]! & BYSTANDER) !== 0;
  }
  isSurplus(pfn: Pfn): boolean {
    return (this.flags[pfn]! & SURPLUS) !== 0;
  }
  isKeptDirty(pfn: Pfn): boolean {
    return (this.flags[pfn]! & KEPT_DIRTY) !== 0;
  }
  /** Any of what a page that goes free may not be. */
  isInUse(pfn: Pfn): boolean {
    return (this.flags[pfn]! & (LRU | LOCKED | DIRTY | WRITEBACK)) !== 0 || this.isMapped(pfn);
  }
  isContended(pfn: Pfn): boolean {
    return (this.flags[pfn]! & CONTENDED) !== 0;
  }

  setReferenced(pfn: Pfn): void {
    this.set(pfn, REFERENCED);
  }
  clearReferenced(pfn: Pfn): void {
    this.clear(pfn, REFERENCED);
  }
  setUptodate(pfn: Pfn): void {
    this.set(pfn, UPTODATE);
  }
  setDirtyFlag(pfn: Pfn): void {
    this.set(pfn, DIRTY);
  }
  clearDirtyFlag(pfn: Pfn): void {
    this.clear(pfn, DIRTY);
  }
  setLru(pfn: Pfn): void {
    this.set(pfn, LRU);
  }
  clearLru(pfn: Pfn): void {
    this.clear(pfn, LRU);
  }
  setActive(pfn: Pfn): void {
    this.set(pfn, ACTIVE);
  }
  clearActive(pfn: Pfn): void {
    this.clear(pfn, ACTIVE);
  }
  setWritebackFlag(pfn: Pfn): void {
    this.set(pfn, WRITEBACK);
  }
  clearWritebackFlag(pfn: Pfn): void {
    this.clear(pfn, WRITEBACK);
  }
  setReclaim(pfn: Pfn): void {
    this.set(pfn, RECLAIM);
  }
  clearReclaim(pfn: Pfn): void {
    this.clear(pfn, RECLAIM);
  }
  setSwapBacked(pfn: Pfn): void {
    this.set(pfn, SWAPBACKED);
  }
  setSwapCache(pfn: Pfn): void {
    this.set(pfn, SWAPCACHE);
  }
  clearSwapCache(pfn: Pfn): void {
    this.clear(pfn, SWAPCACHE);
  }
  setUnevictable(pfn: Pfn): void {
    this.set(pfn, UNEVICTABLE);
  }
  /** The first page of a free block. */
  setBuddy(pfn: Pfn, order: number, type: number): void {
    this.set(pfn, BUDDY);
    this.columns.order[pfn] = order | (type << TYPE_SHIFT);
  }
  buddyOrder(pfn: Pfn): number {
    return this.columns.order[pfn]! & ORDER_MASK;
  }
  buddyType(pfn: Pfn): number {
    return this.columns.order[pfn]! >> TYPE_SHIFT;
  }
  clearBuddy(pfn: Pfn): void {
    this.clear(pfn, BUDDY);
  }
  setReserved(pfn: Pfn): void {
    this.set(pfn, RESERVED);
  }
  setAnon(pfn: Pfn): void {
    this.set(pfn, ANON | SWAPBACKED);
  }
  setSurplus(pfn: Pfn): void {
    this.set(pfn, SURPLUS);
  }
  clearSurplus(pfn: Pfn): void {
    this.clear(pfn, SURPLUS);
  }
  setBystander(pfn: Pfn): void {
    this.set(pfn, BYSTANDER);
  }
  clearBystander(pfn: Pfn): void {
    this.clear(pfn, BYSTANDER);
  }
  setCompound(pfn: Pfn, order: number): void {
    for (let at = pfn; at < pfn + (1 << order); at++) this.set(at, COMPOUND);
  }
  clearCompound(pfn: Pfn, order: number): void {
    for (let at = pfn; at < pfn + (1 << order); at++) this.clear(at, COMPOUND);
  }
  setKeptDirty(pfn: Pfn): void {
    this.set(pfn, KEPT_DIRTY);
  }
  clearKeptDirty(pfn: Pfn): void {
    this.clear(pfn, KEPT_DIRTY);
  }
  setContended(pfn: Pfn): void {
    this.set(pfn, CONTENDED);
  }
  clearContended(pfn: Pfn): void {
    this.clear(pfn, CONTENDED);
  }

  /** A pte is made, by a task of that group: born young (R3.8), writable or not. */
  map(pfn: Pfn, writable: boolean, memcg = 0): void {
    this.check(pfn);
    const owner = memcg === this.columns.memcg[pfn] ? 0 : FOREIGN;
    this.pte[pfn]! |= (writable ? LOADED | PTE_WRITE : LOADED) | owner;
  }
  /** The pte goes; its young and dirty bits with it: look at them before. */
  unmap(pfn: Pfn): void {
    this.pte[pfn] = 0;
  }
  /** A load through the pte. */
  setYoung(pfn: Pfn): void {
    this.pte[pfn]! |= YOUNG;
  }
  /** A store through a writable pte. */
  setPteStored(pfn: Pfn): void {
    this.pte[pfn]! |= YOUNG | PTE_DIRTY;
  }
  makeWritable(pfn: Pfn): void {
    this.pte[pfn]! |= PTE_WRITE;
  }
  /**
   * Loads and stores of rows `row` … `last` - 1 (mmu.ts: page index and a store bit) through ptes, until one is missing or
   * not writable: the hardware's part of a touch, in one loop over the columns. Answers the row it stopped before.
   */
  touchMappedRun(pageOf: Int32Array, touches: Int32Array, row: number, last: number): number {
    const { pte, version } = this.columns;
    for (let at = row; at < last; at++) {
      const touch = touches[at]!;
      const pfn = pageOf[touch >> 1]!;
      if (pfn < 0) return at;
      const bits = pte[pfn]!;
      if ((touch & 1) === 0) {
        if ((bits & LOADED) === LOADED) continue; // most are young: nothing to store
        if ((bits & MAPPED) === 0) return at;
        pte[pfn] = bits | YOUNG;
      } else {
        if ((bits & PTE_WRITE) === 0) return at;
        pte[pfn] = bits | YOUNG | PTE_DIRTY;
        version[pfn]!++;
      }
    }
    return last;
  }
  /** page_mkclean(): write-protects the pte and takes its dirty bit; the answer is whether it was set. */
  takePteDirty(pfn: Pfn): boolean {
    const was = this.isPteDirty(pfn);
    this.pte[pfn]! &= ~(PTE_DIRTY | PTE_WRITE);
    return was;
  }
  /** Young bit test-and-clear (page_referenced(), R3.7): the answer is about the past, and asking changes it. */
  takeYoung(pfn: Pfn): boolean {
    const was = this.isYoung(pfn);
    this.pte[pfn]! &= ~YOUNG;
    return was;
  }
  /** PG_referenced test-and-clear. */
  takeReferenced(pfn: Pfn): boolean {
    const was = this.isReferenced(pfn);
    this.clear(pfn, REFERENCED);
    return was;
  }
  /** How many laps of the LRU the page has made dirty, as far as a byte counts. */
  lapsOf(pfn: Pfn): number {
    return this.flags[pfn]! >>> LAPS_SHIFT;
  }
  setLaps(pfn: Pfn, laps: number): void {
    this.clear(pfn, LAPS_MAX << LAPS_SHIFT);
    this.set(pfn, Math.min(laps, LAPS_MAX) << LAPS_SHIFT);
  }
  setIsolated(pfn: Pfn, by: number): void {
    this.set(pfn, ISOLATED);
    this.columns.isolatedBy[pfn] = by;
  }
  clearIsolated(pfn: Pfn): void {
    this.clear(pfn, ISOLATED);
    this.columns.isolatedBy[pfn] = NONE;
  }
  /** The lock bit and its holder; waiting for it is page-lock.ts. */
  setLocked(pfn: Pfn, by: number): void {
    if (this.isLocked(pfn)) broken('pfn # is locked already, by # (I5)', pfn, this.columns.lockedBy[pfn]!);
    this.set(pfn, LOCKED);
    this.columns.lockedBy[pfn] = by;
  }
  clearLocked(pfn: Pfn): void {
    if (!this.isLocked(pfn)) broken('pfn # is not locked (I5)', pfn);
    this.clear(pfn, LOCKED);
    this.columns.lockedBy[pfn] = NONE;
  }
  /** A frame fresh from the allocator: no flag and no owner is left of its former life. */
  reset(pfn: Pfn): void {
    this.check(pfn);
    const { columns } = this;
    if (this.isSwapBacked(pfn)) columns.swapSlot[pfn] = NONE; // file pages never have one
    this.flags[pfn] = 0;
    columns.space[pfn] = NO_SPACE;
    columns.index[pfn] = NONE;
    columns.memcg[pfn] = 0;
    this.pte[pfn] = 0;
    columns.version[pfn] = 0;
  }

  /** The page has moved out: the frame holds nothing any more. */
  empty(pfn: Pfn): void {
    this.clearIsolated(pfn);
    this.reset(pfn);
  }
  /** What the page in `from` is, but not where it stands: lists and locks are the frame's. */
  copyRow(from: Pfn, to: Pfn): void {
    const { columns } = this;
    const { index, swapSlot, version, ioVersion, space, surplusAt, memcg, pte } = columns;
    for (const column of [index, swapSlot, version, ioVersion, space, surplusAt, memcg, pte])
      column[to] = column[from]!;
    this.flags[to] = this.flags[from]! & ~(LOCKED | CONTENDED | ISOLATED | LRU | BYSTANDER);
  }

  protected set(pfn: Pfn, mask: number): void {
    this.check(pfn);
    this.flags[pfn] = this.flags[pfn]! | mask;
  }
  protected clear(pfn: Pfn, mask: number): void {
    this.check(pfn);
    this.flags[pfn] = this.flags[pfn]! & ~mask;
  }
  /** Typed arrays ignore a write out of range: that may not pass silently. */
  private check(pfn: Pfn): void {
    if (!(pfn >= 0 && pfn < this.count)) broken('pfn # of #', pfn, this.count);
  }
}
