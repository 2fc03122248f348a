import { broken } from '../../abi/errors.ts';
import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { setPageDirty } from '../machine/page-state.ts';
import { NONE } from '../machine/page-table.ts';
import { SPACE_ANON, swapEntry } from '../machine/space.ts';
import { allocSwapSlot } from '../machine/swap-map.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';

/** swap_state.c add_to_swap(): a slot, the swap cache, PG_dirty (R4.7). False when swap is full. */
export function addToSwap(k: Kernel, t: Task, pfn: Pfn): boolean {
  const { pages, m } = k;
  const slot = allocSwapSlot(m.swap);
  if (slot === NONE) return false;
  m.swap.cacheOf[slot] = pfn;
  pages.columns.swapSlot[pfn] = slot;
  pages.setSwapCache(pfn);
  k.vm[VM.nr_file_pages]!++;
  setPageDirty(k, t, pfn);
  return true;
}

/** rmap.c try_to_unmap() of the one pte: its dirty bit moves to PG_dirty, an anon page leaves its swap entry behind (row 10). */
export function unmapPage(k: Kernel, t: Task, pfn: Pfn): void {
  const { pages } = k;
  const { space, index, swapSlot } = pages.columns;
  if (pages.isPteDirty(pfn)) setPageDirty(k, t, pfn);
  pages.unmap(pfn);
  if (!pages.isAnon(pfn)) return;
  const owner = k.space(space[pfn]!);
  const slot = swapSlot[pfn]!;
  if (owner.kind !== SPACE_ANON || slot === NONE) broken('anon pfn # is unmapped without a swap slot (I9)', pfn);
  owner.pageOf[index[pfn]!] = swapEntry(slot);
  k.swap.users[slot]!++;
  owner.nrPages--;
  k.vm[VM.nr_anon_pages]!--;
}
