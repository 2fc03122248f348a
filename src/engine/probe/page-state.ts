import { LIFE, type PageName, type PageState } from '../../abi/page-life.ts';
import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE, type PageTable } from '../machine/page-table.ts';
import { isSwapEntry, slotOfEntry } from '../machine/space.ts';

/** The frame that holds a page, in the swap cache too; NONE: it is not in memory. */
export function frameOf(k: Kernel, { space, index }: PageName): Pfn {
  const entry = k.space(space).pageOf[index]!;
  return isSwapEntry(entry) ? k.swap.cacheOf[slotOfEntry(entry)]! : entry;
}

export function pageStateOf(k: Kernel, name: PageName): PageState {
  const pfn = frameOf(k, name);
  const entry = k.space(name.space).pageOf[name.index]!;
  const swapped = isSwapEntry(entry) ? slotOfEntry(entry) : NONE;
  if (pfn === NONE) return { pfn, bits: 0, list: NONE, laps: 0, swapSlot: swapped };
  const { pages, lru } = k;
  return {
    pfn,
    bits: lifeBits(pages, pfn),
    list: pages.isOnLru(pfn) ? lru.listOf(pfn) : NONE,
    laps: pages.lapsOf(pfn),
    swapSlot: pages.isInSwapCache(pfn) ? pages.columns.swapSlot[pfn]! : NONE,
  };
}

/** Bits of LIFE. */
export function lifeBits(pages: PageTable, pfn: Pfn): number {
  return (
    (pages.isUptodate(pfn) ? LIFE.UPTODATE : 0) |
    (pages.isDirty(pfn) ? LIFE.DIRTY : 0) |
    (pages.isUnderWriteback(pfn) ? LIFE.WRITEBACK : 0) |
    (pages.isReferenced(pfn) ? LIFE.REFERENCED : 0) |
    (pages.isActive(pfn) ? LIFE.ACTIVE : 0) |
    (pages.isReclaim(pfn) ? LIFE.RECLAIM : 0) |
    (pages.isIsolated(pfn) ? LIFE.ISOLATED : 0) |
    (pages.isMapped(pfn) ? LIFE.MAPPED : 0) |
    (pages.isSwapBacked(pfn) ? LIFE.ANON : 0) |
    (pages.isInSwapCache(pfn) ? LIFE.SWAP_CACHE : 0)
  );
}

export function isSameState(a: PageState, b: PageState): boolean {
  return a.pfn === b.pfn && a.bits === b.bits && a.list === b.list && a.laps === b.laps && a.swapSlot === b.swapSlot;
}
