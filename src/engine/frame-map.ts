import { HELD_CELL, type ListFrame, type MapFrame } from '../abi/look.ts';
import { cellsIn } from './frame-cells.ts';
import type { Kernel } from './machine/kernel.ts';
import { NR_LISTS } from './machine/lru.ts';
import type { Memcg } from './machine/memcg.ts';
import { NONE } from './machine/page-table.ts';

/** Physical memory by frame number, with the buddy allocator's free blocks and the pageblocks. */
export function mapOf(k: Kernel, shown: Uint8Array | undefined): MapFrame {
  const { pages, buddy } = k;
  const { pageblockOrder, blockTypes, maxOrder } = buddy.state;
  const cells = shown ?? cellsIn(k, 'pfn');
  const free = new Uint16Array(blockTypes.length);
  const held = new Uint16Array(blockTypes.length);
  const freeAt: number[] = [];
  const freeOrder: number[] = [];
  for (let pfn = 0; pfn < pages.count; ) {
    if (!pages.isBuddy(pfn)) {
      if (cells[pfn] === HELD_CELL.KERNEL || cells[pfn] === HELD_CELL.HUGE) held[pfn >> pageblockOrder]!++;
      pfn++;
      continue;
    }
    const order = pages.buddyOrder(pfn);
    freeAt.push(pfn);
    freeOrder.push(order);
    // A block larger than a pageblock fills all that it spans.
    const end = pfn + (1 << order);
    for (; pfn < end; pfn += Math.min(1 << order, 1 << pageblockOrder))
      free[pfn >> pageblockOrder]! += Math.min(1 << order, 1 << pageblockOrder);
  }
  return {
    cells,
    freeAt: Int32Array.from(freeAt),
    freeOrder: Uint8Array.from(freeOrder),
    freeBlocks: Array.from(buddy.state.blocks.subarray(0, maxOrder)),
    pageblockOrder,
    types: blockTypes.slice(),
    free,
    held,
    hugePages: k.m.huge.held,
  };
}

/** The lists of one memory cgroup, each walked. */
export function memcgLists(k: Kernel, { lru }: Memcg): ListFrame[] {
  const lists: ListFrame[] = [];
  for (let list = 0; list < NR_LISTS; list++) {
    let dirtyPages = 0;
    let writebackPages = 0;
    for (let pfn = lru.heads[list]!; pfn !== NONE; pfn = k.lru.older(lru, pfn)) {
      if (k.pages.isUnderWriteback(pfn)) writebackPages++;
      else if (k.pages.isDirty(pfn) || k.pages.isPteDirty(pfn)) dirtyPages++;
    }
    lists.push({ pages: lru.lengths[list]!, dirtyPages, writebackPages });
  }
  return lists;
}
