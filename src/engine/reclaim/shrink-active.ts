import type { Pages, Pfn } from '../../abi/units.ts';
import { ISOLATE_NS, RMAP_NS } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { ACTIVE_ANON, ACTIVE_FILE } from '../machine/lru.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { enter, type Frame, ret, steps } from '../sim/kthread.ts';
import { ISOLATE_ACTIVE, isolatePages, putbackPage } from './isolate.ts';
import { takeReferenced } from './referenced.ts';
import { lruSetOf } from './scan-count.ts';

interface ShrinkActive extends Frame {
  file: boolean;
}
const at = steps('charge', 'move');

/** Deactivates up to `count` pages from the tail of the active list: vmscan.c shrink_active_list(), model.md R3.10. */
export function shrinkActiveList(k: Kernel, t: Task, count: Pages, file: boolean): number {
  const { sc } = t;
  const set = lruSetOf(k, sc);
  const taken = isolatePages(k, t, set, file ? ACTIVE_FILE : ACTIVE_ANON, count, ISOLATE_ACTIVE);
  if (sc.memcg === 0) {
    k.zone.pagesScanned += taken;
    k.vm[VM.pgrefill]! += taken;
  }
  set.recentScanned[file ? 1 : 0]! += taken;
  if (taken === 0) return 0;
  t.cpuDebtNs += taken * (ISOLATE_NS + RMAP_NS);
  return enter(t, shrinkActive, { file });
}

/** Time has passed for the whole batch: every page goes to the inactive list, referenced or not. */
const shrinkActive = kernelFunction<ShrinkActive, keyof typeof at>('shrink_active_list', ASSUMED_BYTES, at, {
  charge: (k, _f, t) => k.sched.payCpu(t, at.move),
  move: (k, f, t) => {
    const set = lruSetOf(k, t.sc);
    for (const pfn of t.isolated) {
      // page_referenced(): counted as rotated, but only executable file mappings go back to the active list (R3.10);
      // none of our workloads maps a program.
      if (wasReferenced(k, t, pfn)) set.recentRotated[f.file ? 1 : 0]!++;
      k.pages.clearActive(pfn);
      putbackPage(k, pfn);
    }
    k.vm[VM.pgdeactivate]! += t.isolated.length;
    t.isolated = [];
    return ret(t, 0);
  },
});

/** page_referenced() without the page lock: a mapped file page that somebody else has locked counts as referenced (R3.7). */
function wasReferenced(k: Kernel, t: Task, pfn: Pfn): boolean {
  const { pages } = k;
  if (pages.isMapped(pfn) && !pages.isAnon(pfn) && pages.isLocked(pfn)) return true;
  return takeReferenced(k, t, pfn);
}
