import type { Pages, Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { lruCacheAdd } from '../machine/lru-moves.ts';
import { commitCharge, unchargePage } from '../machine/memcg.ts';
import { addToPageCache, freePage } from '../machine/page-cache.ts';
import { NONE } from '../machine/page-table.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import type { Space } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import { andThen, BLOCKED, enter, enterUnder, type Frame, ret, steps } from '../sim/kthread.ts';
import { memcgCharge } from './memcg-charge.ts';
import { allocPage } from './page-alloc.ts';

/** addNewPage(): somebody else has cached the page while we waited for memory. */
export const LOST_RACE = -3;

/**
 * A new page of the file in the page cache, locked by the task, at the head of inactive file (R3.2): allocate, charge (R6.3:
 * after the frame is there), insert. Answers the frame, LOST_RACE or NO_PAGE. May block.
 */
export function addNewPage(k: Kernel, t: Task, space: Space, index: Pages, gfp: number): number {
  const depth = t.stack.length;
  const pfn = allocPage(k, t, gfp);
  if (pfn !== BLOCKED && pfn !== NO_PAGE && t.memcg === 0) return insert(k, t, space, index, pfn, false);
  const frame = { space: space.id, index, gfp, pfn: NONE };
  t.ret = pfn;
  if (pfn !== BLOCKED) return enter(t, addPage, frame, at.allocated);
  return enterUnder(t, depth, addPage, frame, at.allocated);
}

interface AddPage extends Frame {
  space: number;
  index: Pages;
  gfp: number;
  pfn: Pfn;
}
const at = steps('allocated', 'charged');

const addPage = kernelFunction<AddPage, keyof typeof at>('add_to_page_cache_lru', ASSUMED_BYTES, at, {
  allocated: (k, f, t) => {
    if (t.ret === NO_PAGE) return ret(t, NO_PAGE);
    f.pfn = t.ret;
    return andThen(t, f, at.charged, memcgCharge(k, t, f.gfp));
  },
  charged: (k, f, t) => {
    if (t.ret >= 0) return ret(t, insert(k, t, k.space(f.space), f.index, f.pfn, t.ret === 0));
    freePage(k, f.pfn);
    return ret(t, NO_PAGE);
  },
});

function insert(k: Kernel, t: Task, space: Space, index: Pages, pfn: Pfn, charged: boolean): number {
  if (charged) commitCharge(k, pfn, t.memcg);
  if (space.pageOf[index] !== NONE) {
    unchargePage(k, pfn);
    freePage(k, pfn);
    return LOST_RACE;
  }
  k.pages.setLocked(pfn, t.id);
  addToPageCache(k, pfn, space, index);
  lruCacheAdd(k, pfn);
  return pfn;
}
