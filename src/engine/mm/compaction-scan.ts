import type { Pages, Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { UNEVICTABLE } from '../machine/lru.ts';
import { MOVABLE, RESERVE } from '../machine/migrate-type.ts';
import { noteFreePages } from '../machine/page-cache.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { zoneWatermarkOk } from '../machine/zone.ts';

// compaction.c: the two scanners of model.md R2.8.

/** COMPACT_CLUSTER_MAX. */
const BATCH_PAGES: Pages = 32;

export interface Scanners {
  migratePfn: Pfn;
  freePfn: Pfn;
  free: Pfn[];
}

/**
 * isolate_migratepages(): up to 32 LRU pages of any list and any pageblock type, upwards, never across a pageblock and not
 * past the free scanner. Answers them, in the order in which they are moved.
 */
export function isolateMigratePages(k: Kernel, t: Task, scan: Scanners): Pfn[] {
  const { pages } = k;
  const blockPages = 1 << k.zone.buddy.pageblockOrder;
  const end = (scan.migratePfn & -blockPages) + blockPages;
  const found: Pfn[] = [];
  if (end > scan.freePfn) {
    scan.migratePfn = end;
    return found;
  }
  let pfn = scan.migratePfn;
  for (; pfn < end && found.length < BATCH_PAGES; pfn++) {
    if (pages.isBuddy(pfn)) {
      pfn += (1 << pages.buddyOrder(pfn)) - 1;
      continue;
    }
    if (!pages.isOnLru(pfn) || k.lru.listOf(pfn) === UNEVICTABLE) continue;
    k.lru.remove(pfn);
    pages.setIsolated(pfn, t.id);
    k.vm[pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!++;
    found.push(pfn);
  }
  scan.migratePfn = pfn;
  return found;
}

/** A page that could not be moved: back to the head of its list. */
export function putbackMovable(k: Kernel, pfn: Pfn): void {
  k.vm[k.pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!--;
  k.pages.clearIsolated(pfn);
  k.lru.add(pfn);
}

/**
 * isolate_freepages(): whole pageblocks downwards, until there is a frame for each of `wanted` pages. The scanner stays at
 * the highest block that gave any; where none did, it comes down to the other one.
 */
export function isolateFreePages(k: Kernel, scan: Scanners, wanted: Pages): void {
  const blockPages = 1 << k.zone.buddy.pageblockOrder;
  const lowest = scan.migratePfn + blockPages;
  let highest = Math.min(lowest, scan.freePfn);
  for (let pfn = scan.freePfn; pfn > lowest && scan.free.length < wanted; pfn -= blockPages) {
    if (pfn >= k.pages.count || !isSuitableTarget(k, pfn)) continue;
    const before = scan.free.length;
    takeFreeFrames(k, scan, pfn, pfn + blockPages);
    if (scan.free.length > before) highest = Math.max(highest, pfn);
  }
  scan.freePfn = highest;
}

/** suitable_migration_target(): MOVABLE pageblocks, or what is one large free block; never the reserve. */
function isSuitableTarget(k: Kernel, pfn: Pfn): boolean {
  const type = k.buddy.blockType(pfn);
  if (type === RESERVE) return false;
  return type === MOVABLE || (k.pages.isBuddy(pfn) && k.pages.buddyOrder(pfn) >= k.zone.buddy.pageblockOrder);
}

/** isolate_freepages_block(): every free block that leaves order 0 above low and its own size. */
function takeFreeFrames(k: Kernel, scan: Scanners, first: Pfn, end: Pfn): void {
  const { pages, zone } = k;
  for (let pfn = first; pfn < Math.min(end, pages.count); pfn++) {
    if (!pages.isBuddy(pfn)) continue;
    const size = 1 << pages.buddyOrder(pfn);
    if (!zoneWatermarkOk(zone.buddy, 0, zone.low + size)) continue;
    noteFreePages(k);
    k.buddy.takeBlock(pfn);
    for (let frame = pfn + size - 1; frame >= pfn; frame--) {
      pages.setCompound(frame, 0);
      scan.free.unshift(frame);
    }
    pfn += size - 1;
  }
}
