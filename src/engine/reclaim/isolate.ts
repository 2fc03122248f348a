import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { LruSet } from '../machine/lru.ts';
import { NONE } from '../machine/page-table.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';

export const ISOLATE_INACTIVE = 0;
export const ISOLATE_ACTIVE = 1;

/**
 * Takes up to `count` pages from the tail of a list into t.isolated, oldest first. Order 0: no block walk.
 * vmscan.c isolate_lru_pages(), memcontrol.c mem_cgroup_isolate_pages(): model.md R3.12, R3.17.
 * Answers the pages scanned. A taken page is off the zone's and its memcg's list and keeps PG_active.
 */
export function isolatePages(k: Kernel, t: Task, set: LruSet, list: number, count: Pages, mode: number): Pages {
  const batch: Pfn[] = [];
  for (let scanned = 0; scanned < count; scanned++) {
    const pfn = k.lru.tail(set, list);
    if (pfn === NONE) break;
    k.lru.remove(pfn);
    k.pages.setIsolated(pfn, t.id);
    k.vm[k.pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!++;
    batch.push(pfn);
  }
  t.isolated = batch;
  if (t.sc.memcg === 0) {
    k.trace.emit(TRACE_ID.lruIsolate, k.nowNs, t.id, mode, t.sc.order, count, batch.length, batch.length);
  }
  return batch.length;
}

/** Back to the head of the list its flags name (R3.26). */
export function putbackPage(k: Kernel, pfn: Pfn): void {
  k.vm[k.pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!--;
  k.pages.clearIsolated(pfn);
  k.lru.add(pfn);
}
