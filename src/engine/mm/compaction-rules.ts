import { freeList } from '../machine/buddy.ts';
import { GFP_FS, GFP_IO } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import { PAGE_ALLOC_COSTLY_ORDER, zoneWatermarkOk } from '../machine/zone.ts';

// When compaction begins, ends and is put off: model.md R2.8.

/** vm.extfrag_threshold: below, the request fails for lack of memory rather than for fragmentation. */
const EXTFRAG_THRESHOLD = 500;
const MAX_DEFER_SHIFT = 6;

/** compaction_deferred(): after failures 2^shift - 1 attempts are skipped. Every order above 0 advances the counter. */
export function isDeferred(k: Kernel): boolean {
  const { compaction } = k.m;
  const limit = 1 << compaction.deferShift;
  compaction.considered = Math.min(compaction.considered + 1, limit);
  return compaction.considered < limit;
}

/** What the run came to: defer_compaction(), or a fresh start. */
export function noteOutcome(k: Kernel, succeeded: boolean): void {
  const { compaction } = k.m;
  compaction.considered = 0;
  compaction.deferShift = succeeded ? 0 : Math.min(compaction.deferShift + 1, MAX_DEFER_SHIFT);
}

/** try_to_compact_pages()'s tests: a costly order, FS and IO allowed, memory enough, and fragmentation to blame. */
export function isWorthwhile(k: Kernel, gfp: number, order: number): boolean {
  if (order <= PAGE_ALLOC_COSTLY_ORDER || (gfp & GFP_FS) === 0 || (gfp & GFP_IO) === 0) return false;
  if (!zoneWatermarkOk(k.zone.buddy, 0, k.zone.low + (2 << order))) return false;
  const index = fragmentationIndex(k, order);
  return index < 0 || index > EXTFRAG_THRESHOLD;
}

/**
 * fragmentation_index(): 0 no free block at all, towards 1000 the more of the free memory is in small blocks; -1000 when a
 * block is there. (The kernel tests for -1, which never occurs: compaction is then started, and ends at its first check.)
 */
export function fragmentationIndex(k: Kernel, order: number): number {
  const { blocks, freePages } = k.zone.buddy;
  let total = 0;
  let suitable = 0;
  blocks.forEach((count, size) => {
    total += count;
    if (size >= order) suitable += count;
  });
  if (total === 0) return 0;
  if (suitable > 0) return -1000;
  return 1000 - Math.floor((1000 + Math.floor((freePages * 1000) / (1 << order))) / total);
}

/** compact_finished(): the scanners have met, or there is a block that the requester may take. */
export function isFinished(
  k: Kernel,
  run: { readonly order: number; readonly type: number; readonly migratePfn: number; readonly freePfn: number },
): boolean {
  if (run.freePfn <= run.migratePfn) return true;
  const { buddy } = k.zone;
  if (!zoneWatermarkOk(buddy, run.order, k.zone.low + (1 << run.order))) return false;
  for (let order = run.order; order < buddy.blocks.length; order++) {
    if (buddy.heads[freeList(run.type, order)] !== NONE) return true;
    if (order >= buddy.pageblockOrder && buddy.blocks[order]! > 0) return true;
  }
  return false;
}
