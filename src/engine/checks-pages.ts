import { assert } from '../abi/errors.ts';
import type { Pfn } from '../abi/units.ts';
import { freeList } from './machine/buddy.ts';
import type { Kernel } from './machine/kernel.ts';
import { NR_LISTS } from './machine/lru.ts';
import { NR_TYPES } from './machine/migrate-type.ts';
import { LOCKED_BY_IO, NONE } from './machine/page-table.ts';
import { VM } from './machine/vmstat.ts';

/** I1–I6 and I9: every frame is in one place, and the counters are what a count of the frames gives. */
export function checkPages(k: Kernel): void {
  const free = checkBuddy(k);
  const onLists = checkLists(k);
  const { pages, vm } = k;
  const counted = {
    dirty: 0,
    writeback: 0,
    cached: 0,
    isolatedFile: 0,
    isolatedAnon: 0,
    placed: free + onLists,
    inFlight: 0,
  };
  for (let pfn = 0; pfn < pages.count; pfn++) {
    if (pages.isReserved(pfn) || pages.isCompound(pfn)) counted.placed++;
    else if (pages.isIsolated(pfn)) countIsolated(k, pfn, counted);
    if (pages.isDirty(pfn) && !pages.isSwapBacked(pfn)) counted.dirty++;
    if (pages.isUnderWriteback(pfn)) counted.writeback++;
    if (isCached(k, pfn)) counted.cached++;
    checkFlags(k, pfn);
  }
  assert(
    vm[VM.nr_file_dirty] === counted.dirty,
    () => `NR_FILE_DIRTY ${vm[VM.nr_file_dirty]}, counted ${counted.dirty} (I3)`,
  );
  assert(
    vm[VM.nr_writeback] === counted.writeback,
    () => `NR_WRITEBACK ${vm[VM.nr_writeback]}, counted ${counted.writeback} (I3)`,
  );
  assert(
    vm[VM.nr_file_pages] === counted.cached,
    () => `NR_FILE_PAGES ${vm[VM.nr_file_pages]}, counted ${counted.cached} (I3)`,
  );
  assert(
    vm[VM.nr_isolated_file] === counted.isolatedFile && vm[VM.nr_isolated_anon] === counted.isolatedAnon,
    () => `NR_ISOLATED_FILE ${vm[VM.nr_isolated_file]}, counted ${counted.isolatedFile} (I3)`,
  );
  // What is left is in the hands of a task that has allocated it and not yet inserted it.
  assert(
    counted.placed <= pages.count && pages.count - counted.placed <= k.m.sim.threads.length,
    () => `${pages.count - counted.placed} frames are nowhere (I1)`,
  );
}

interface Counted {
  isolatedFile: number;
  isolatedAnon: number;
  placed: number;
}

function countIsolated(k: Kernel, pfn: Pfn, counted: Counted): void {
  counted.placed++;
  if (k.pages.isSwapBacked(pfn)) counted.isolatedAnon++;
  else counted.isolatedFile++;
}

function isCached(k: Kernel, pfn: Pfn): boolean {
  const { pages } = k;
  const space = pages.columns.space[pfn]!;
  return (
    pages.isInSwapCache(pfn) ||
    (!pages.isSwapBacked(pfn) &&
      space < k.m.spaces.length &&
      k.m.spaces[space]!.pageOf[pages.columns.index[pfn]!] === pfn)
  );
}

/** I4–I6, I9 for one frame. */
function checkFlags(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  const { lockedBy, isolatedBy, swapSlot } = pages.columns;
  const placed =
    (pages.isBuddy(pfn) ? 1 : 0) +
    (pages.isOnLru(pfn) ? 1 : 0) +
    (pages.isIsolated(pfn) ? 1 : 0) +
    (pages.isReserved(pfn) ? 1 : 0) +
    (pages.isCompound(pfn) ? 1 : 0);
  assert(placed <= 1, () => `pfn ${pfn} is in ${placed} places (I1)`);
  assert(
    !pages.isKeptDirty(pfn) ||
      !pages.isOnLru(pfn) ||
      pages.isDirty(pfn) ||
      pages.isUnderWriteback(pfn) ||
      pages.isLocked(pfn),
    () => `pfn ${pfn} is clean and on the dirty list (I4)`,
  );
  assert(!(pages.isActive(pfn) && pages.isUnevictable(pfn)), () => `pfn ${pfn} is active and unevictable (I4)`);
  assert(
    !pages.isActive(pfn) || pages.isOnLru(pfn) || pages.isIsolated(pfn),
    () => `pfn ${pfn} is active on no list (I4)`,
  );
  assert(pages.isLocked(pfn) === (lockedBy[pfn] !== NONE), () => `pfn ${pfn} locked by ${lockedBy[pfn]} (I5)`);
  assert(
    lockedBy[pfn]! >= LOCKED_BY_IO && lockedBy[pfn]! < k.m.sim.threads.length,
    () => `pfn ${pfn} locked by nobody (I5)`,
  );
  assert(pages.isIsolated(pfn) === (isolatedBy[pfn] !== NONE), () => `pfn ${pfn} isolated by ${isolatedBy[pfn]} (I1)`);
  assert(
    !pages.isBuddy(pfn) || (!pages.isDirty(pfn) && !pages.isUnderWriteback(pfn) && !pages.isLocked(pfn)),
    () => `pfn ${pfn} is free and in use (I6)`,
  );
  if (pages.isInSwapCache(pfn))
    assert(
      k.m.swap.cacheOf[swapSlot[pfn]!] === pfn,
      () => `swap slot ${swapSlot[pfn]} does not map back to pfn ${pfn} (I9)`,
    );
}

/** I2: blocks are disjoint and aligned, no two free buddies of one order, and their sizes add up. Answers the free pages. */
function checkBuddy(k: Kernel): number {
  const { blocks, maxOrder } = k.m.zone.buddy;
  const { pages } = k;
  let free = 0;
  let coveredTo = 0;
  for (let order = 0; order < maxOrder; order++) {
    let length = 0;
    for (const pfn of blocksOfOrder(k, order)) {
      length++;
      free += 1 << order;
      assert((pfn & ((1 << order) - 1)) === 0, () => `block ${pfn} of order ${order} is not aligned (I2)`);
      assert(
        order === maxOrder - 1 || !k.buddy.isFreeBlock(pfn ^ (1 << order), order),
        () => `block ${pfn} and its buddy are free (I2)`,
      );
    }
    assert(length === blocks[order], () => `nr_free[${order}] ${blocks[order]}, counted ${length} (I2)`);
  }
  for (let pfn = 0; pfn < pages.count; pfn++) {
    if (!pages.isBuddy(pfn)) continue;
    assert(pfn >= coveredTo, () => `block ${pfn} lies in another (I2)`);
    coveredTo = pfn + (1 << pages.buddyOrder(pfn));
    for (let inside = pfn + 1; inside < coveredTo; inside++)
      assert(pages.flags[inside] === 0, () => `pfn ${inside} is in use inside the free block ${pfn} (I2)`);
  }
  assert(free === k.buddy.freePages, () => `NR_FREE ${k.buddy.freePages}, counted ${free} (I2)`);
  return free;
}

/** First pages of the free blocks of an order, over the lists of all types; each says itself which list it is on. */
function* blocksOfOrder(k: Kernel, order: number): Generator<Pfn> {
  const { heads } = k.m.zone.buddy;
  for (let type = 0; type < NR_TYPES; type++) {
    for (let pfn = heads[freeList(type, order)]!; pfn !== NONE; pfn = k.pages.columns.next[pfn]!) {
      assert(
        k.pages.isBuddy(pfn) && k.pages.buddyOrder(pfn) === order && k.pages.buddyType(pfn) === type,
        () => `pfn ${pfn} on free list ${order} of type ${type} is no block of it (I2)`,
      );
      yield pfn;
    }
  }
}

/** I3, I4: list lengths and flags, both link directions. Answers the pages on the lists. */
function checkLists(k: Kernel): number {
  const { lru } = k.m.zone;
  const { next, prev } = k.pages.columns;
  let total = 0;
  for (let list = 0; list < NR_LISTS; list++) {
    let length = 0;
    let before: Pfn = NONE;
    for (let pfn = lru.heads[list]!; pfn !== NONE; pfn = next[pfn]!) {
      assert(
        k.pages.isOnLru(pfn) && k.lru.listOf(pfn) === list,
        () => `pfn ${pfn} on list ${list} belongs on ${k.lru.listOf(pfn)} (I4)`,
      );
      assert(prev[pfn] === before, () => `list ${list} is torn at pfn ${pfn} (I3)`);
      before = pfn;
      length++;
    }
    assert(
      lru.tails[list] === before && length === lru.lengths[list],
      () => `list ${list} has length ${lru.lengths[list]}, counted ${length} (I3)`,
    );
    total += length;
  }
  return total;
}
