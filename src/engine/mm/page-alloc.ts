import type { Pages, Pfn } from '../../abi/units.ts';
import { congestionWait, NAP_20MS, nap } from '../machine/congestion.ts';
import { GFP_FS, GFP_HIGH, GFP_NOFAIL, GFP_NORETRY, GFP_REPEAT, GFP_WAIT } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction, measured } from '../machine/kernel-function.ts';
import { migrateTypeOf } from '../machine/migrate-type.ts';
import { noteFreePages } from '../machine/page-cache.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { PF_MEMALLOC, type Task, TIF_MEMDIE } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { PAGE_ALLOC_COSTLY_ORDER, zoneWatermarkOk } from '../machine/zone.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { compactZone } from './compaction.ts';
import { isDeferred, isWorthwhile, noteOutcome } from './compaction-rules.ts';
import { allocPagesMayOom, OOM_GOT_PAGE } from './oom.ts';

/** page_alloc.c __alloc_pages() of order 0: model.md §1.3. A frame with no flag set, or NO_PAGE; may block. */
export function allocPage(k: Kernel, t: Task, gfp: number): number {
  // FAST: order 0 passes with strictly more than the mark (R1.6).
  return k.buddy.freePages > k.zone.low ? takePages(k, gfp, 0) : allocBelowLow(k, t, gfp, 0);
}

/** The same for 2^order frames, the first of which is the answer: alloc_pages(). */
export function allocPages(k: Kernel, t: Task, gfp: number, order: number): number {
  const passesLow = zoneWatermarkOk(k.zone.buddy, order, k.zone.low);
  return passesLow ? takePages(k, gfp, order) : allocBelowLow(k, t, gfp, order);
}

/** The slow path begins: kswapd is asked for, then MIN is tried, where most allocations below low end (R1.8). */
function allocBelowLow(k: Kernel, t: Task, gfp: number, order: number): number {
  k.call.wakeupKswapd(k, t, order, gfp);
  if (passesMin(k, gfp, order)) return takePages(k, gfp, order);
  return enter(t, slowpath, { gfp, order, pagesReclaimed: 0 });
}

/** A block off the free lists; one of several frames is marked as a compound page. NO_PAGE where there is none so large. */
function takePages(k: Kernel, gfp: number, order: number): Pfn {
  noteFreePages(k);
  const pfn = k.buddy.alloc(order, migrateTypeOf(gfp));
  if (order > 0 && pfn !== NO_PAGE) k.pages.setCompound(pfn, order);
  return pfn;
}

/** gfp_to_alloc_flags() at the MIN mark: __GFP_HIGH digs into half of it, an atomic request into a quarter more. */
function passesMin(k: Kernel, gfp: number, order: number): boolean {
  const { zone } = k;
  return zoneWatermarkOk(zone.buddy, order, zone.min, {
    allocHigh: (gfp & GFP_HIGH) !== 0,
    allocHarder: (gfp & GFP_WAIT) === 0,
  });
}

/** stack-traces.json A; the slow path is inlined. */
const ALLOC_FRAMES = measured('alloc_pages_current 48, __alloc_pages_nodemask 240, __alloc_pages_slowpath 0');

interface Slowpath extends Frame {
  gfp: number;
  order: number;
  /** What direct reclaim has freed for this request so far. */
  pagesReclaimed: Pages;
}
const at = steps('rebalance', 'compacted', 'reclaim', 'reclaimed', 'restart', 'oom');

/**
 * __alloc_pages_slowpath(): from the failed try at MIN on. The retry nap neither wakes kswapd again nor tries MIN before
 * reclaiming again; freed pages are nobody's (R1.10).
 * @remarks drain_all_pages() after reclaim for a high order does nothing here: frames are freed at once (model.md S2).
 */
const slowpath = kernelFunction<Slowpath, keyof typeof at>('__alloc_pages_slowpath', ALLOC_FRAMES, at, {
  rebalance: (k, f, t) => {
    if ((t.flags & (PF_MEMALLOC | TIF_MEMDIE)) !== 0) return takeAny(k, f, t);
    if ((f.gfp & GFP_WAIT) === 0) return ret(t, NO_PAGE);
    if (
      !k.m.config.compaction ||
      !k.policy.blockReclaim.hasCompaction ||
      f.order === 0 ||
      isDeferred(k) ||
      !isWorthwhile(k, f.gfp, f.order)
    )
      return goto(t, at.reclaim);
    return andThen(t, f, at.compacted, compactZone(k, t, f.order, migrateTypeOf(f.gfp)));
  },
  compacted: (k, f, t) => {
    const succeeded = passesMin(k, f.gfp, f.order);
    noteOutcome(k, succeeded);
    k.vm[succeeded ? VM.compact_success : VM.compact_fail]!++;
    return succeeded ? ret(t, takePages(k, f.gfp, f.order)) : goto(t, at.reclaim);
  },
  reclaim: (k, f, t) => {
    t.flags |= PF_MEMALLOC;
    return andThen(t, f, at.reclaimed, k.call.tryToFreePages(k, t, f.order, f.gfp));
  },
  reclaimed: (k, f, t) => {
    t.flags &= ~PF_MEMALLOC;
    const progress = t.ret;
    if (progress > 0 && passesMin(k, f.gfp, f.order)) return ret(t, takePages(k, f.gfp, f.order));
    if (progress === 0 && (f.gfp & GFP_FS) !== 0 && (f.gfp & GFP_NORETRY) === 0)
      return andThen(t, f, at.oom, allocPagesMayOom(k, t, f.gfp, f.order));
    f.pagesReclaimed += progress;
    if (!shouldAllocRetry(f)) return ret(t, NO_PAGE);
    return nap(k, t, k.policy.reclaimNaps.allocatorRetry, NAP_20MS, at.rebalance);
  },
  restart: (k, f, t) => {
    k.call.wakeupKswapd(k, t, f.order, f.gfp);
    if (passesMin(k, f.gfp, f.order)) return ret(t, takePages(k, f.gfp, f.order));
    return goto(t, at.rebalance);
  },
  oom: (k, f, t) => {
    if (t.ret === OOM_GOT_PAGE) return ret(t, takePages(k, f.gfp, f.order));
    const mayFail = f.order > PAGE_ALLOC_COSTLY_ORDER && (f.gfp & GFP_NOFAIL) === 0;
    return mayFail ? ret(t, NO_PAGE) : goto(t, at.restart);
  },
});

/** ALLOC_NO_WATERMARKS: a task that reclaims, or was killed, takes what there is; it does not reclaim (again). */
function takeAny(k: Kernel, f: Slowpath, t: Task): Next {
  const pfn = takePages(k, f.gfp, f.order);
  if (pfn === NO_PAGE && (f.gfp & GFP_NOFAIL) !== 0) return congestionWait(k, t, NAP_20MS, at.rebalance);
  return ret(t, pfn);
}

/** should_alloc_retry(): small requests always, costly ones only if they say so. GFP_NOFS without progress naps for ever (R1.9). */
function shouldAllocRetry({ gfp, order, pagesReclaimed }: Slowpath): boolean {
  if ((gfp & GFP_NORETRY) !== 0) return false;
  if (order <= PAGE_ALLOC_COSTLY_ORDER || (gfp & GFP_NOFAIL) !== 0) return true;
  return (gfp & GFP_REPEAT) !== 0 && pagesReclaimed < 1 << order;
}
