import type { Pages, Pfn } from '../../abi/units.ts';
import { releaseBlocks } from '../machine/blocks.ts';
import { forgetThrownOut } from '../machine/bystanders.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { recoverFromOom, unchargePage } from '../machine/memcg.ts';
import { freePage, removeFromPageCache } from '../machine/page-cache.ts';
import { lockPage, unlockPage, waitOnPageWriteback } from '../machine/page-lock.ts';
import { cancelDirtyPage } from '../machine/page-state.ts';
import { NONE } from '../machine/page-table.ts';
import { pageAt, type Space } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import { enter, type Frame, goto, ret, steps } from '../sim/kthread.ts';

/**
 * truncate_inode_pages(): the file's pages from `fromIndex` on leave the cache, dirty or not — the one lawful way for dirty
 * file data to vanish (I7). The disk forgets them too: they read as zeroes afterwards. May block.
 */
export function truncatePages(_k: Kernel, t: Task, space: Space, fromIndex: Pages): number {
  return enter(t, truncate, { space: space.id, from: fromIndex, index: fromIndex, pfn: NONE, memcg: 0 });
}

interface Truncate extends Frame {
  space: number;
  from: Pages;
  index: Pages;
  pfn: Pfn;
  /** Group of a page that went. */
  memcg: number;
}
const at = steps('find', 'locked', 'end');

const truncate = kernelFunction<Truncate, keyof typeof at>('truncate_inode_pages', ASSUMED_BYTES, at, {
  find: (k, f, t) => {
    const space = k.space(f.space);
    while (f.index < space.sizePages && pageAt(space, f.index) === NONE) f.index++;
    if (f.index >= space.sizePages) return goto(t, at.end);
    f.pfn = pageAt(space, f.index);
    if (k.pages.isUnderWriteback(f.pfn)) return waitOnPageWriteback(k, t, f.pfn, at.find);
    return lockPage(k, t, f.pfn, at.find, at.locked);
  },
  locked: (k, f, t) => {
    const { pfn } = f;
    if (pageAt(k.space(f.space), f.index) === pfn) {
      if (k.pages.isUnderWriteback(pfn)) {
        unlockPage(k, pfn);
        return waitOnPageWriteback(k, t, pfn, at.find);
      }
      f.memcg = k.pages.columns.memcg[pfn]!;
      dropPage(k, pfn);
    } else unlockPage(k, pfn);
    return goto(t, at.find);
  },
  end: (k, f, t) => {
    recoverFromOom(k, f.memcg);
    const space = k.space(f.space);
    const { blocks, diskVersion } = space;
    diskVersion.fill(0, f.from);
    forgetThrownOut(space, f.from);
    releaseBlocks(blocks, f.from, Infinity);
    return ret(t, 0);
  },
});

/** truncate_complete_page(). A page that somebody holds isolated stays his, without a mapping; he frees it. */
function dropPage(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  pages.unmap(pfn);
  cancelDirtyPage(k, pfn);
  removeFromPageCache(k, pfn);
  unchargePage(k, pfn);
  unlockPage(k, pfn);
  if (pages.isIsolated(pfn) || pages.columns.pins[pfn] !== 0) return;
  k.lru.remove(pfn);
  freePage(k, pfn);
}
