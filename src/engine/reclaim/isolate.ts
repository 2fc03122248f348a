import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import { markIfBystander } from '../machine/bystanders.ts';
import type { Kernel } from '../machine/kernel.ts';
import { type LruSet, UNEVICTABLE } from '../machine/lru.ts';
import { NONE } from '../machine/page-table.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';

export const ISOLATE_INACTIVE = 0;
export const ISOLATE_ACTIVE = 1;
/** Lumpy reclaim: any evictable page of the block. */
export const ISOLATE_BOTH = 2;

/** Neighbours of the tag pages of one batch, as the tracepoint reports them (model.md §8.2). */
interface Contig {
  taken: Pages;
  dirty: Pages;
  failed: Pages;
}

/**
 * Takes up to `count` pages from the tail of a list into t.isolated, oldest first; in global reclaim of an order > 0 each is
 * followed by what else can be had of its block of 2^order frames, in ascending order (R3.13: the count is tested between
 * tag pages only). vmscan.c isolate_lru_pages(), memcontrol.c mem_cgroup_isolate_pages(): model.md R3.12, R3.17.
 * Answers the pages scanned: all that were taken. A taken page is off the zone's and its memcg's list and keeps PG_active.
 */
export function isolatePages(k: Kernel, t: Task, set: LruSet, list: number, count: Pages, mode: number): Pages {
  const { order, memcg } = t.sc;
  const walks = order > 0 && memcg === 0 && k.policy.blockReclaim.walksBlocks;
  const batch: Pfn[] = [];
  const contig = { taken: 0, dirty: 0, failed: 0 };
  while (batch.length < count) {
    const pfn = k.lru.tail(set, list);
    if (pfn === NONE) break;
    take(k, t, pfn, batch);
    if (walks) takeNeighbours(k, t, pfn, list, mode, batch, contig);
  }
  t.isolated = batch;
  const event = memcg === 0 ? TRACE_ID.lruIsolate : TRACE_ID.memcgIsolate;
  const { length } = batch;
  const { taken, dirty, failed } = contig;
  k.trace.emit(event, k.nowNs, t.id, mode, order, count, length, length, taken, dirty, failed, list);
  return batch.length;
}

function take(k: Kernel, t: Task, pfn: Pfn, batch: Pfn[]): void {
  k.lru.remove(pfn);
  k.pages.setIsolated(pfn, t.id);
  k.vm[k.pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!++;
  batch.push(pfn);
}

/** The block walk around a tag page (R3.13). Free pages are nobody's failure: they have no references. */
function takeNeighbours(k: Kernel, t: Task, tag: Pfn, list: number, mode: number, batch: Pfn[], contig: Contig): void {
  const { pages } = k;
  const first = tag & -(1 << t.sc.order);
  const end = Math.min(first + (1 << t.sc.order), pages.count);
  for (let pfn = first; pfn < end; pfn++) {
    if (pfn === tag) continue;
    if (pages.isBuddy(pfn)) {
      pfn += (1 << pages.buddyOrder(pfn)) - 1;
      continue;
    }
    // Unmapping it would need a swap slot, and there is none.
    if (k.swap.freeSlots <= 0 && pages.isAnon(pfn) && !pages.isInSwapCache(pfn)) continue;
    if (!isIsolatable(k, pfn, list, mode)) {
      if (mode === ISOLATE_BOTH) contig.failed++;
      continue;
    }
    take(k, t, pfn, batch);
    if (mode === ISOLATE_BOTH) markIfBystander(k, pfn);
    contig.taken++;
    if (pages.isDirty(pfn)) contig.dirty++;
  }
}

/** __isolate_lru_page(): on the LRU, evictable, and of the tag's list unless lumpy reclaim takes both kinds and both ages. */
function isIsolatable(k: Kernel, pfn: Pfn, list: number, mode: number): boolean {
  if (!k.pages.isOnLru(pfn)) return false;
  return mode === ISOLATE_BOTH ? k.lru.listOf(pfn) !== UNEVICTABLE : k.lru.listOf(pfn) === list;
}

/** Back to the head of the list its flags name (R3.26). */
export function putbackPage(k: Kernel, pfn: Pfn): void {
  k.vm[k.pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!--;
  if (k.pages.isBystander(pfn)) k.pages.clearBystander(pfn);
  k.pages.clearIsolated(pfn);
  k.lru.add(pfn);
}
