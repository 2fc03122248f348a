import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { unlockPage } from '../machine/page-lock.ts';

/** mpage_end_io_read(), end_swap_bio_read(): the page holds what the disk holds, and its lock goes (R7.20). */
export function endPageRead(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  const { columns } = pages;
  columns.version[pfn] = pages.isSwapBacked(pfn)
    ? k.swap.diskVersion[columns.swapSlot[pfn]!]!
    : k.space(columns.space[pfn]!).diskVersion[columns.index[pfn]!]!;
  pages.setUptodate(pfn);
  unlockPage(k, pfn);
}
