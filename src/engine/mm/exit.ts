import type { Pfn } from '../../abi/units.ts';
import { forgetThrownOut } from '../machine/bystanders.ts';
import type { Kernel } from '../machine/kernel.ts';
import { drainStock, recoverFromOom, unchargePage } from '../machine/memcg.ts';
import { deleteFromSwapCache, freePage } from '../machine/page-cache.ts';
import { NO_SPACE, NONE } from '../machine/page-table.ts';
import { isSwapEntry, slotOfEntry } from '../machine/space.ts';
import { freeSlotIfUnused } from '../machine/swap-map.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';

/** exit(): the task's anonymous memory and its charge stock go. */
export function exitTask(k: Kernel, t: Task): void {
  releaseAnon(k, t);
  drainStock(k, t);
}

/**
 * exit_mmap() of the task's anonymous memory: dirty data may vanish this way (I7). Pages that somebody holds (isolated,
 * locked, under writeback) lose their pte now and are freed by whoever meets them next.
 */
export function releaseAnon(k: Kernel, t: Task): void {
  if (t.mm < 0) return;
  const space = k.space(t.mm);
  for (let index = 0; index < space.sizePages; index++) {
    const entry = space.pageOf[index]!;
    if (entry === NONE) continue;
    space.pageOf[index] = NONE;
    if (isSwapEntry(entry)) dropSwapUser(k, slotOfEntry(entry));
    else releaseMapped(k, entry);
  }
  forgetThrownOut(space, 0);
  space.nrPages = 0;
  recoverFromOom(k, t.memcg);
}

function releaseMapped(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  pages.unmap(pfn);
  k.vm[VM.nr_anon_pages]!--;
  orphan(k, pfn);
}

/** swap_free() of a pte's reference; a page that only the swap cache holds now may go too. */
export function dropSwapUser(k: Kernel, slot: number): void {
  const { swap } = k;
  swap.users[slot]!--;
  const cached = swap.cacheOf[slot]!;
  if (swap.users[slot] === 0 && cached !== NONE) orphan(k, cached);
  else freeSlotIfUnused(swap, slot);
}

/** An anon page nobody maps: freed at once unless it is held. */
function orphan(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  pages.columns.space[pfn] = NO_SPACE;
  if (pages.isUnderWriteback(pfn) || pages.isLocked(pfn) || pages.isIsolated(pfn)) return;
  if (pages.isInSwapCache(pfn)) deleteFromSwapCache(k, pfn);
  pages.clearDirtyFlag(pfn);
  k.lru.remove(pfn);
  unchargePage(k, pfn);
  freePage(k, pfn);
}
