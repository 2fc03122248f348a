import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from './kernel.ts';
import { NO_SPACE, NONE } from './page-table.ts';

/**
 * migrate.c move_to_new_page() with the ptes taken away and put back: what frame `from` holds is in frame `to` afterwards,
 * and whoever looks the page up finds it there. `from` is locked, isolated and not under writeback; `to` takes its list
 * flags and goes to the LRU, `from` holds nothing any more.
 */
export function movePage(k: Kernel, from: Pfn, to: Pfn): void {
  const { pages } = k;
  const { space: spaces, index, swapSlot } = pages.columns;
  pages.copyRow(from, to);
  if (pages.isInSwapCache(from)) k.swap.cacheOf[swapSlot[from]!] = to;
  if (spaces[from] !== NO_SPACE && (pages.isMapped(from) || !pages.isSwapBacked(from))) {
    const { pageOf } = k.space(spaces[from]!);
    if (index[from] !== NONE && pageOf[index[from]!] === from) pageOf[index[from]!] = to;
  }
  k.lru.add(to);
}
