import type { Pfn } from '../../abi/units.ts';
import { goto, type Next } from '../sim/kthread.ts';
import type { Kernel } from './kernel.ts';
import { NONE } from './page-table.ts';
import type { Task } from './task.ts';
import { stopOnLockCycle } from './wait-chain.ts';
import { WAIT_PAGE_LOCK, WAIT_PAGE_WRITEBACK } from './waits.ts';

/** trylock_page(). */
export function trylockPage(k: Kernel, t: Task, pfn: Pfn): boolean {
  if (k.pages.isLocked(pfn)) return false;
  k.pages.setLocked(pfn, t.id);
  return true;
}

/**
 * lock_page(): goes on at `locked` with the lock held, or sleeps and goes on at `retry`, which looks the page up again:
 * it may be another one by then (filemap.c: the mapping is tested after the lock).
 */
export function lockPage(k: Kernel, t: Task, pfn: Pfn, retry: number, locked: number): Next {
  if (trylockPage(k, t, pfn)) return goto(t, locked);
  k.pages.setContended(pfn);
  syncPage(k, pfn); // what holds the lock may be a read that waits in the plug
  const next = k.sched.sleep(t, WAIT_PAGE_LOCK, pfn, 0, retry);
  stopOnLockCycle(k, t);
  return next;
}

/**
 * unlock_page(). All sleepers are woken in the order they came: the first takes the lock, the others sleep again behind it.
 * (The kernel wakes one; a waiter of ours looks the page up again and may find another one there, and must not take the
 * wake-up of those behind it with it.)
 */
export function unlockPage(k: Kernel, pfn: Pfn): void {
  k.pages.clearLocked(pfn);
  if (!k.pages.isContended(pfn)) return;
  if (!k.pages.isUnderWriteback(pfn)) k.pages.clearContended(pfn);
  k.sched.wakeAll(WAIT_PAGE_LOCK, pfn);
}

/** sync_page(): starts the disk that the page lies on, if its queue is plugged. A page that has lost its file lies nowhere. */
function syncPage(k: Kernel, pfn: Pfn): void {
  const { columns } = k.pages;
  if (k.pages.isSwapBacked(pfn)) k.call.unplug(k, k.swap.disk);
  else if (columns.index[pfn] !== NONE) k.call.unplug(k, k.space(columns.space[pfn]!).disk);
}

/** wait_on_page_writeback(): `retry` runs when the write is over, or at once. The caller's step tests again. */
export function waitOnPageWriteback(k: Kernel, t: Task, pfn: Pfn, retry: number): Next {
  k.pages.setContended(pfn);
  syncPage(k, pfn);
  return k.sched.sleep(t, WAIT_PAGE_WRITEBACK, pfn, 0, retry);
}
