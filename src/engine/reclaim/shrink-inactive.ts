import type { Pages } from '../../abi/units.ts';
import { congestionWait, NAP_100MS } from '../machine/congestion.ts';
import { ISOLATE_NS, RMAP_NS, SHRINK_PAGE_NS } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { INACTIVE_ANON, INACTIVE_FILE } from '../machine/lru.ts';
import { KSWAPD, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { ISOLATE_INACTIVE, isolatePages, putbackPage } from './isolate.ts';
import { SWAP_CLUSTER_MAX } from './limits.ts';
import { lruSetOf } from './scan-count.ts';
import { shrinkPageList } from './shrink-page-list.ts';

/** Scans at least `count` pages from the tail of an inactive list in batches of 32: model.md R3.15, R3.16, R3.26. */
export function shrinkInactiveList(_k: Kernel, t: Task, count: Pages, file: boolean): number {
  return enter(t, shrinkInactive, { count, file, scanned: 0 });
}

interface ShrinkInactive extends Frame {
  count: Pages;
  file: boolean;
  scanned: Pages;
}
const at = steps('begin', 'isolate', 'judge', 'putback');

const shrinkInactive = kernelFunction<ShrinkInactive, keyof typeof at>('shrink_inactive_list', ASSUMED_BYTES, at, {
  begin: (k, f, t) => (tooManyIsolated(k, t, f.file) ? congestionWait(k, t, NAP_100MS, at.begin) : goto(t, at.isolate)),
  isolate: (k, f, t) => isolateBatch(k, f, t),
  judge: (k, f, t) => andThen(t, f, at.putback, shrinkPageList(k, t)),
  putback: (k, f, t) => {
    const { sc } = t;
    const freed = t.ret;
    k.vm[VM.pgsteal]! += freed;
    if (t.kind === KSWAPD) k.vm[VM.kswapd_steal]! += freed;
    const set = lruSetOf(k, sc);
    for (const pfn of t.isolated) {
      if (k.pages.isActive(pfn)) set.recentRotated[k.pages.isSwapBacked(pfn) ? 0 : 1]!++;
      putbackPage(k, pfn);
    }
    t.isolated = [];
    return f.scanned < f.count ? goto(t, at.isolate) : ret(t, 0);
  },
});

function isolateBatch(k: Kernel, f: ShrinkInactive, t: Task): Next {
  const { sc } = t;
  const set = lruSetOf(k, sc);
  const scanned = isolatePages(k, t, set, f.file ? INACTIVE_FILE : INACTIVE_ANON, SWAP_CLUSTER_MAX, ISOLATE_INACTIVE);
  if (sc.memcg === 0) {
    k.zone.pagesScanned += scanned;
    k.vm[t.kind === KSWAPD ? VM.pgscan_kswapd : VM.pgscan_direct]! += scanned;
  } else {
    k.vm[VM.memcg_pages_scanned]! += scanned;
  }
  if (scanned === 0) return ret(t, 0);
  f.scanned += scanned;
  set.recentScanned[f.file ? 1 : 0]! += scanned;
  let mapped = 0;
  for (const pfn of t.isolated) if (k.pages.isMapped(pfn)) mapped++;
  // Charged after isolation and before the pages are judged, so that the batch is isolated meanwhile.
  t.cpuDebtNs += scanned * (ISOLATE_NS + SHRINK_PAGE_NS) + mapped * RMAP_NS;
  return k.sched.payCpu(t, at.judge);
}

/** vmscan.c too_many_isolated(): global direct reclaim only (model.md §3.9). */
function tooManyIsolated(k: Kernel, t: Task, file: boolean): boolean {
  if (t.kind === KSWAPD || t.sc.memcg !== 0) return false;
  const isolated = k.vm[file ? VM.nr_isolated_file : VM.nr_isolated_anon]!;
  return isolated > k.zone.lru.lengths[file ? INACTIVE_FILE : INACTIVE_ANON]!;
}
