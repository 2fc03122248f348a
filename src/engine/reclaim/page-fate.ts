import { broken } from '../../abi/errors.ts';
import type { Pfn } from '../../abi/units.ts';
import { noteThrownOut } from '../machine/bystanders.ts';
import type { Kernel } from '../machine/kernel.ts';
import { unchargePage } from '../machine/memcg.ts';
import { deleteFromSwapCache, freePage, removeFromPageCache } from '../machine/page-cache.ts';
import { unlockPage } from '../machine/page-lock.ts';
import { settleSurplus } from '../machine/page-state.ts';
import { NO_SPACE } from '../machine/page-table.ts';
import { swapFull } from '../machine/swap-map.ts';
import { VM } from '../machine/vmstat.ts';

// What shrink_page_list() does with a page once its fate is known: model.md §3.6, rows 12 to 14, and R3.22.

/** A dirty page goes round once more (R3.24): the cost the series accepts for direct reclaim. */
export function countLap(k: Kernel, pfn: Pfn): void {
  const laps = k.pages.lapsOf(pfn) + 1;
  k.pages.setLaps(pfn, laps);
  if (laps === 1) k.vm[VM.dirty_laps_pages]!++;
  k.vm[VM.dirty_laps]!++;
  k.vm[VM.dirty_laps_max] = Math.max(k.vm[VM.dirty_laps_max]!, k.pages.lapsOf(pfn));
}

/** R3.22. */
export function activateIsolated(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  if (
    pages.isInSwapCache(pfn) &&
    swapFull(k.swap) &&
    !pages.isUnderWriteback(pfn) &&
    k.swap.users[pages.columns.swapSlot[pfn]!] === 0
  ) {
    deleteFromSwapCache(k, pfn); // try_to_free_swap(): the page is the only copy now
    pages.setDirtyFlag(pfn);
  }
  pages.setActive(pfn);
  k.vm[VM.pgactivate]!++;
}

/** Rows 12 to 14: __remove_mapping() and the frame goes free. False when somebody holds the page. */
export function removeMapping(k: Kernel, pfn: Pfn): boolean {
  const { pages } = k;
  // Faulted in again while its write was waited for: the pte holds a reference.
  if (pages.columns.pins[pfn] !== 0 || pages.isMapped(pfn)) return false;
  if (pages.isDirty(pfn) || pages.isUnderWriteback(pfn))
    broken('reclaim frees pfn # dirty or under writeback (I7)', pfn);
  if (pages.isBystander(pfn)) noteThrownOut(k, pfn);
  if (pages.isInSwapCache(pfn)) {
    const slot = pages.columns.swapSlot[pfn]!;
    if (k.swap.users[slot] !== 0) assertSameAsDisk(k, pfn, k.swap.diskVersion[slot]!);
    deleteFromSwapCache(k, pfn);
  } else if (pages.columns.space[pfn] !== NO_SPACE) {
    assertSameAsDisk(k, pfn, k.space(pages.columns.space[pfn]!).diskVersion[pages.columns.index[pfn]!]!);
    removeFromPageCache(k, pfn);
  }
  if (pages.isSurplus(pfn)) settleSurplus(k, pfn, VM.range_collateral_reclaimed);
  unchargePage(k, pfn);
  k.vm[pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!--;
  pages.clearIsolated(pfn);
  unlockPage(k, pfn);
  freePage(k, pfn);
  return true;
}

/** The strongest test of all: what reclaim throws away is on disk in the same version (I7). */
function assertSameAsDisk(k: Kernel, pfn: Pfn, diskVersion: number): void {
  const version = k.pages.columns.version[pfn]!;
  if (version !== diskVersion)
    broken('reclaim frees pfn # at version #, the disk has # (I7)', pfn, version, diskVersion);
}
