import type { Pages, Pfn } from '../../abi/units.ts';
import { TOUCH_NS } from '../machine/costs.ts';
import { GFP_USER } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { lruCacheAdd } from '../machine/lru-moves.ts';
import { commitCharge, noteTouch } from '../machine/memcg.ts';
import { freePage } from '../machine/page-cache.ts';
import { NONE } from '../machine/page-table.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { isSwapEntry, pageAt, type Space } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, type Frame, ret, steps } from '../sim/kthread.ts';
import { memcgCharge } from './memcg-charge.ts';
import { allocPage } from './page-alloc.ts';
import { swapIn } from './swap-in.ts';

/** A load or store to the task's anonymous memory: memory.c handle_pte_fault(). Answers 0; may block. */
export function touchAnon(k: Kernel, t: Task, index: Pages, store: boolean): number {
  const { pages } = k;
  const space = k.space(t.mm);
  const pfn = pageAt(space, index);
  noteTouch(k, t);
  t.cpuDebtNs += TOUCH_NS;
  if (pfn !== NONE && (!store || pages.isPteWritable(pfn))) {
    if (!store) pages.setYoung(pfn);
    else {
      pages.setPteStored(pfn);
      pages.columns.version[pfn]!++;
    }
    return 0;
  }
  k.vm[VM.pgfault]!++;
  if (isSwapEntry(space.pageOf[index]!) || pfn !== NONE) return swapIn(k, t, index, store);
  return enter(t, anonymousPage, { index, pfn: NONE });
}

interface AnonymousPage extends Frame {
  index: Pages;
  pfn: Pfn;
}
const at = steps('begin', 'allocated', 'charged', 'end');

/** memory.c do_anonymous_page(): a zeroed page, charged, at the head of active anon (R3.2). */
const anonymousPage = kernelFunction<AnonymousPage, keyof typeof at>('do_anonymous_page', ASSUMED_BYTES, at, {
  begin: (k, f, t) => andThen(t, f, at.allocated, allocPage(k, t, GFP_USER)),
  allocated: (k, f, t) => {
    if (t.ret === NO_PAGE) return ret(t, 0);
    f.pfn = t.ret;
    return andThen(t, f, at.charged, memcgCharge(k, t, GFP_USER));
  },
  charged: (k, f, t) => {
    if (t.ret < 0) {
      freePage(k, f.pfn);
      return ret(t, 0);
    }
    if (t.ret === 0) commitCharge(k, f.pfn, t.memcg);
    addAnonPage(k, k.space(t.mm), f.index, f.pfn);
    return k.sched.spend(t, k.zeroPageNs, at.end);
  },
  end: (_k, _f, t) => ret(t, 0),
});

function addAnonPage(k: Kernel, space: Space, index: Pages, pfn: Pfn): void {
  const { pages } = k;
  pages.columns.space[pfn] = space.id;
  pages.columns.index[pfn] = index;
  pages.setAnon(pfn);
  pages.setUptodate(pfn);
  pages.setActive(pfn);
  space.pageOf[index] = pfn;
  space.nrPages++;
  k.vm[VM.nr_anon_pages]!++;
  pages.map(pfn, true, pages.columns.memcg[pfn]!);
  pages.setPteStored(pfn);
  pages.columns.version[pfn] = 1;
  lruCacheAdd(k, pfn);
}
