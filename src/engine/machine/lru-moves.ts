import type { Pfn } from '../../abi/units.ts';
import { DIRTY_LIST_NS } from './costs.ts';
import type { Kernel } from './kernel.ts';
import type { Task } from './task.ts';
import { VM } from './vmstat.ts';

// mm/swap.c: how pages enter the lists, are promoted, and are rotated.

/** lru_cache_add() of a new page, with PG_active and PG_swapbacked set by the caller (R3.2, R3.4). */
export function lruCacheAdd(k: Kernel, pfn: Pfn): void {
  k.lru.add(pfn);
  k.lru.noteScanned(pfn, 1);
  if (k.pages.isActive(pfn)) k.lru.noteRotated(pfn, 1);
}

/** mark_page_accessed(): R3.5. */
export function markPageAccessed(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  if (!pages.isReferenced(pfn)) {
    pages.setReferenced(pfn);
    return;
  }
  if (pages.isActive(pfn) || pages.isUnevictable(pfn) || !pages.isOnLru(pfn)) return;
  k.lru.activate(pfn);
  pages.clearReferenced(pfn);
  k.vm[VM.pgactivate]!++;
}

/**
 * rotate_reclaimable_page(): R3.38. To the tail of the zone's inactive list, so that the page just cleaned is the next
 * one freed; the hint is lost while the page is isolated.
 * @remarks Not modelled: the 14-entry pagevec (model.md S2): the move is immediate.
 */
export function rotateReclaimablePage(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  if (
    pages.isLocked(pfn) ||
    pages.isDirty(pfn) ||
    (pages.isActive(pfn) && !k.policy.skippedDirty.activates) ||
    pages.isUnevictable(pfn) ||
    !pages.isOnLru(pfn)
  )
    return;
  if (pages.isActive(pfn)) {
    k.lru.remove(pfn); // lru_move_tail_fn() of 6.1
    pages.clearActive(pfn);
    k.lru.add(pfn);
  }
  // 2.6.39, whose rule for PG_reclaim such an answer stands on, moves the page on its group's list too (B2).
  k.lru.rotateToTail(pfn, !k.sysctl.historicalBugs || k.policy.skippedDirty.tagsReclaim);
  k.vm[VM.pgrotated]!++;
}

/**
 * A skipped dirty file page that the reclaimer holds isolated will go to the dirty list instead of round once more. The way
 * back is charged now too: in an interrupt there is no task to charge it to.
 */
export function keepOnDirtyList(k: Kernel, t: Task, pfn: Pfn): void {
  k.pages.setKeptDirty(pfn);
  t.cpuDebtNs += 2 * DIRTY_LIST_NS;
  noteDirtyListMove(k, 1);
}

/** The page is clean: to the tail of the inactive list, since it has been there. Isolated, it will find its way by itself. */
export function leaveDirtyList(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  if (!pages.isOnLru(pfn) || pages.isActive(pfn)) {
    pages.clearKeptDirty(pfn);
    return;
  }
  k.lru.remove(pfn);
  pages.clearKeptDirty(pfn);
  k.lru.addTail(pfn);
  noteDirtyListMove(k, 2);
}

/** Counters: the dirty list's own, and coming back the inactive list's too. */
function noteDirtyListMove(k: Kernel, counters: number): void {
  k.vm[VM.dirty_list_moves]!++;
  k.vm[VM.dirty_list_counter_updates]! += counters;
}
