import { ACTOR } from '../../abi/actor.ts';
import { RECLAIM_WB_ANON, RECLAIM_WB_ASYNC, RECLAIM_WB_FILE, RECLAIM_WB_SYNC } from '../../abi/trace-flags.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Ns, Pages, Pfn } from '../../abi/units.ts';
import { congestionWait, NAP_100MS } from '../machine/congestion.ts';
import { ISOLATE_NS, RMAP_NS, SHRINK_PAGE_NS } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { ANON, DIRTY_FILE, FILE, INACTIVE_ANON, INACTIVE_FILE, type LruSet } from '../machine/lru.ts';
import { reclaimThrottle, THROTTLE_ISOLATED, wakeThrottledFor } from '../machine/reclaim-throttle.ts';
import { KSWAPD, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { type BatchCounts, endBatch } from './batch-end.ts';
import { ISOLATE_BOTH, ISOLATE_INACTIVE, isolatePages, putbackPage } from './isolate.ts';
import { lruSetOf } from './scan-count.ts';
import { shrinkPageList } from './shrink-page-list.ts';

/**
 * Scans at least `count` pages from the tail of an inactive list in batches of 32, which lumpy reclaim lets grow to
 * 31 + 2^order: model.md R3.15, R3.16, R3.25, R3.26.
 */
export function shrinkInactiveList(k: Kernel, t: Task, count: Pages, file: boolean): number {
  const dirtyFirst = file && t.kind === KSWAPD && lruSetOf(k, t.sc).lengths[DIRTY_FILE]! > 0;
  return enter(t, shrinkInactive, {
    count,
    file,
    list: dirtyFirst ? DIRTY_FILE : inactiveListOf(file),
    scanned: 0,
    taken: 0,
    writebackBefore: 0,
    unqueuedBefore: 0,
    freed: 0,
    round: 0,
    quiet: [],
  });
}

function inactiveListOf(file: boolean): number {
  return file ? INACTIVE_FILE : INACTIVE_ANON;
}

interface ShrinkInactive extends BatchCounts {
  count: Pages;
  file: boolean;
  /** The list in hand: kswapd takes a batch of the dirty list first where there is one. */
  list: number;
  scanned: Pages;
  /** Of the batch in hand. */
  freed: Pages;
  /** SYNC passes over it, and pages left out of them because there is nothing to wait for, newest first. */
  round: number;
  quiet: Pfn[];
}
const at = steps('begin', 'stalled', 'isolate', 'judge', 'judged', 'syncPass', 'putback', 'batchDone', 'next');

// 0 bytes: inlined in shrink_zone() (history.md §3.2).
const shrinkInactive = kernelFunction<ShrinkInactive, keyof typeof at>('shrink_inactive_list', 0, at, {
  begin: (k, f, t) => {
    if (!tooManyIsolated(k, t, f.file)) return goto(t, at.isolate);
    if (k.policy.reclaimNaps.throttles) return andThen(t, f, at.stalled, reclaimThrottle(t, THROTTLE_ISOLATED));
    return congestionWait(k, t, NAP_100MS, at.begin);
  },
  // 6.1 stalls once and gives the call up if that has not helped.
  stalled: (k, f, t) => (tooManyIsolated(k, t, f.file) ? ret(t, 0) : goto(t, at.isolate)),
  isolate: (k, f, t) => isolateBatch(k, f, t),
  judge: (k, f, t) => andThen(t, f, at.judged, shrinkPageList(k, t, f.file)),
  judged: (k, f, t) => {
    f.freed += t.ret;
    if (f.freed === f.taken || t.kind === KSWAPD || !wantsSyncPass(k, f, t)) return goto(t, at.putback);
    f.round++;
    return k.policy.lumpyStall.naps ? congestionWait(k, t, NAP_100MS, at.syncPass) : goto(t, at.syncPass);
  },
  // The block is wanted whole: what is left of it is gone through again, waiting for the disk page by page (R3.25).
  syncPass: (k, _f, t) => {
    clearActiveFlags(k, t);
    t.sc.syncWriteback = true;
    chargeCpu(k, t, SHRINK_PAGE_NS);
    return k.sched.payCpu(t, at.judge);
  },
  putback: (k, f, t) => {
    const { sc } = t;
    sc.syncWriteback = false;
    if (f.quiet.length > 0) t.isolated = t.isolated.concat(f.quiet);
    k.vm[VM.pgsteal]! += f.freed;
    if (t.kind === KSWAPD) k.vm[VM.kswapd_steal]! += f.freed;
    noteBatch(k, f, t);
    const set = lruSetOf(k, sc);
    for (const pfn of t.isolated) {
      if (k.pages.isActive(pfn)) set.recentRotated[k.pages.isSwapBacked(pfn) ? 0 : 1]!++;
      putbackPage(k, pfn);
    }
    t.isolated = [];
    f.list = inactiveListOf(f.file);
    return goto(t, at.batchDone);
  },
  batchDone: (k, f, t) => endBatch(k, f, t, at.next),
  next: (k, f, t) => (goesOn(k, f) ? goto(t, at.isolate) : ret(t, 0)),
});

/** For the trace, and of file pages for the picture of the last batches; the machine itself keeps none. */
function noteBatch(k: Kernel, f: ShrinkInactive, t: Task): void {
  const { sc } = t;
  const { taken, freed } = f;
  let dirty = 0;
  let writeback = 0;
  let active = 0;
  for (const pfn of t.isolated) {
    if (k.pages.isUnderWriteback(pfn)) writeback++;
    else if (k.pages.isDirty(pfn)) dirty++;
    if (k.pages.isActive(pfn)) active++;
  }
  k.trace.emit(
    TRACE_ID.lruShrinkInactive,
    k.nowNs,
    t.id,
    0,
    0,
    taken,
    freed,
    sc.nrUnqueuedDirty - f.unqueuedBefore,
    sc.nrWriteback - f.writebackBefore,
    active,
    sc.priority,
    (f.file ? RECLAIM_WB_FILE : RECLAIM_WB_ANON) | (f.round > 0 ? RECLAIM_WB_SYNC : RECLAIM_WB_ASYNC),
  );
  if (f.file) k.trace.batches.note({ endNs: k.nowNs, thread: t.id, taken, freed, dirty, writeback });
}

/** More was asked for than scanned; a batch of the dirty list comes on top. */
function goesOn(k: Kernel, f: ShrinkInactive): boolean {
  return f.scanned === 0 || (f.scanned < f.count && k.policy.isolation.repeats);
}

function isolateBatch(k: Kernel, f: ShrinkInactive, t: Task): Next {
  const { sc } = t;
  const set = lruSetOf(k, sc);
  const mode = sc.lumpyReclaimMode ? ISOLATE_BOTH : ISOLATE_INACTIVE;
  const scanned = isolatePages(k, t, set, f.list, k.policy.isolation.atOnce(f.count), mode);
  if (sc.memcg === 0) {
    k.zone.pagesScanned += scanned;
    k.vm[t.kind === KSWAPD ? VM.pgscan_kswapd : VM.pgscan_direct]! += scanned;
  } else {
    k.vm[memcgScanCounter(t)]! += scanned;
  }
  if (scanned === 0) return ret(t, 0);
  if (f.list !== DIRTY_FILE) f.scanned += scanned;
  f.taken = scanned;
  sc.nrTaken += scanned;
  if (f.file) sc.nrFileTaken += scanned;
  f.writebackBefore = sc.nrWriteback;
  f.unqueuedBefore = sc.nrUnqueuedDirty;
  f.freed = 0;
  f.round = 0;
  f.quiet = [];
  if (sc.lumpyReclaimMode) {
    clearActiveFlags(k, t);
    noteScannedOfBothTypes(k, t, set);
  } else if (f.list !== DIRTY_FILE) {
    set.recentScanned[f.file ? 1 : 0]! += scanned;
  }
  // Charged after isolation and before the pages are judged, so that the batch is isolated meanwhile.
  chargeCpu(k, t, ISOLATE_NS + SHRINK_PAGE_NS);
  return k.sched.payCpu(t, at.judge);
}

/** Once for a lumpy batch (R3.25), or in rounds for lumpy and memcg batches while file pages were skipped (V5, V6). */
function wantsSyncPass(k: Kernel, f: ShrinkInactive, t: Task): boolean {
  const { sc } = t;
  const { dirtyWait, lumpyStall, directRounds } = k.policy;
  if (!dirtyWait.replacesSyncPass)
    return sc.lumpyReclaimMode && f.round === 0 && lumpyStall.stalls(sc.order, sc.priority);
  if (!sc.mayWritepage || (!sc.lumpyReclaimMode && sc.memcg === 0)) return false;
  if (sc.nrDirty === 0 || f.round === directRounds) return false;
  setQuietAside(k, f, t);
  k.call.wakeupFlusherThreads(k, k.sysctl.laptopMode ? 0 : sc.nrDirty);
  return true;
}

/** "Take off the clean pages marked for activation": all that are neither dirty nor under writeback leave the list. */
function setQuietAside(k: Kernel, f: ShrinkInactive, t: Task): void {
  const waits = (pfn: Pfn) => k.pages.isDirty(pfn) || k.pages.isUnderWriteback(pfn);
  f.quiet.push(...t.isolated.filter((pfn) => !waits(pfn)).reverse());
  t.isolated = t.isolated.filter(waits);
}

/** Who works on a group's lists: a task at the limit, the group's own kswapd, or kswapd for the soft limit (R6.2). */
function memcgScanCounter(t: Task): number {
  if (t.reclaiming === ACTOR.DIRECT) return VM.memcg_soft_pages_scanned; // 3.2
  if (t.kind !== KSWAPD) return VM.memcg_pages_scanned;
  return t.memcg === 0 ? VM.memcg_soft_pages_scanned : VM.memcg_kswapd_pages_scanned;
}

/** clear_active_flags() (R3.16). */
function clearActiveFlags(k: Kernel, t: Task): void {
  for (const pfn of t.isolated) {
    if (!k.pages.isActive(pfn)) continue;
    k.pages.clearActive(pfn);
    k.vm[VM.pgdeactivate]!++;
  }
}

function noteScannedOfBothTypes(k: Kernel, t: Task, set: LruSet): void {
  for (const pfn of t.isolated) set.recentScanned[k.pages.isSwapBacked(pfn) ? ANON : FILE]!++;
}

function chargeCpu(k: Kernel, t: Task, perPageNs: Ns): void {
  let mapped = 0;
  for (const pfn of t.isolated) if (k.pages.isMapped(pfn)) mapped++;
  t.cpuDebtNs += t.isolated.length * perPageNs + mapped * RMAP_NS;
}

/** vmscan.c too_many_isolated(): global direct reclaim only (model.md §3.9). */
function tooManyIsolated(k: Kernel, t: Task, file: boolean): boolean {
  if (t.kind === KSWAPD || t.sc.memcg !== 0) return false;
  const isolated = k.vm[file ? VM.nr_isolated_file : VM.nr_isolated_anon]!;
  const isTooMany = isolated > k.zone.lru.lengths[file ? INACTIVE_FILE : INACTIVE_ANON]!;
  if (!isTooMany) wakeThrottledFor(k, THROTTLE_ISOLATED);
  return isTooMany;
}
