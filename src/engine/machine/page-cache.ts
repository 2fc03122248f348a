import { broken } from '../../abi/errors.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import { noteReturn } from './bystanders.ts';
import type { Kernel } from './kernel.ts';
import { clearBit, hasBit } from './page-bits.ts';
import { NO_SPACE, NONE } from './page-table.ts';
import type { Space } from './space.ts';
import { freeSlotIfUnused } from './swap-map.ts';
import { VM } from './vmstat.ts';

/** add_to_page_cache_locked(): the frame becomes page `index` of the file (I10). */
export function addToPageCache(k: Kernel, pfn: Pfn, space: Space, index: Pages): void {
  if (space.pageOf[index] !== NONE) broken('# page # is cached already (I10)', space.name, index);
  k.pages.columns.space[pfn] = space.id;
  k.pages.columns.index[pfn] = index;
  space.pageOf[index] = pfn;
  space.nrPages++;
  k.vm[VM.nr_file_pages]!++;
  noteReturn(k, space, index);
}

/** __remove_from_page_cache(): reclaim of a clean page, or truncate. */
export function removeFromPageCache(k: Kernel, pfn: Pfn): void {
  const { space: spaces, index: indices } = k.pages.columns;
  const space = k.space(spaces[pfn]!);
  const index = indices[pfn]!;
  if (k.pages.isUnderWriteback(pfn)) broken('# page # leaves the cache under writeback (I6)', space.name, index);
  space.pageOf[index] = NONE;
  space.nrPages--;
  if (hasBit(space.dirtyTag, index)) clearBit(space.dirtyTag, index); // cleaned by reclaim, or truncated
  spaces[pfn] = NO_SPACE;
  indices[pfn] = NONE;
  k.vm[VM.nr_file_pages]!--;
}

/** __delete_from_swap_cache(). The slot goes with its last user. */
export function deleteFromSwapCache(k: Kernel, pfn: Pfn): void {
  const { swapSlot } = k.pages.columns;
  const slot = swapSlot[pfn]!;
  k.pages.clearSwapCache(pfn);
  swapSlot[pfn] = NONE;
  k.swap.cacheOf[slot] = NONE;
  freeSlotIfUnused(k.swap, slot);
  k.vm[VM.nr_file_pages]!--;
}

/** A frame back to the buddy lists: the zone's scan count starts anew (R3.31). */
export function freePage(k: Kernel, pfn: Pfn): void {
  if (k.pages.isInUse(pfn)) broken('pfn # is freed in use (I1, I7)', pfn);
  k.pages.reset(pfn);
  freeBlock(k, pfn, 0);
}

/** __free_pages() of what allocPages() gave. */
export function freePages(k: Kernel, pfn: Pfn, order: number): void {
  k.pages.clearCompound(pfn, order);
  freeBlock(k, pfn, order);
}

function freeBlock(k: Kernel, pfn: Pfn, order: number): void {
  noteFreePages(k);
  k.zone.pagesScanned = 0;
  k.zone.allUnreclaimable = false;
  k.buddy.free(pfn, order, k.policy.freedBlock.waitsToMerge);
}

/** The running integral behind free_pages_mean; called before every change of the free count. */
export function noteFreePages(k: Kernel): void {
  k.vm[VM.free_pages_integral]! += k.buddy.freePages * (k.nowNs - k.vm[VM.free_pages_since_ns]!);
  k.vm[VM.free_pages_since_ns] = k.nowNs;
}
