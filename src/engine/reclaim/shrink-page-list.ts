import type { Pages, Pfn } from '../../abi/units.ts';
import { callPath, noteCallPath } from '../machine/call-path.ts';
import { congestionWait, NAP_100MS } from '../machine/congestion.ts';
import { SHRINK_PAGE_NS } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction, measured } from '../machine/kernel-function.ts';
import { keepOnDirtyList } from '../machine/lru-moves.ts';
import { trylockPage, unlockPage, waitOnPageWriteback } from '../machine/page-lock.ts';
import { KICK, KICK_NAP_AND_RESCAN, NOTHING } from '../machine/policy/dirty-wait.ts';
import { NO_KICK } from '../machine/policy/flusher-kick.ts';
import { KSWAPD, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { cleanPageList } from './clean-page-list.ts';
import {
  ACTIVATE_PAGE,
  AWAIT_WRITEBACK,
  FREE,
  judgePage,
  judgeQuietPage,
  KEEP_BUSY,
  KEEP_DIRTY,
  PAGEOUT,
  SET_ASIDE_LOCKED,
  SKIP,
  type Verdict,
} from './judge.ts';
import { activateIsolated, countLap, removeMapping } from './page-fate.ts';
import { mayWriteToQueue, PAGE_ACTIVATE, PAGE_CLEAN, PAGE_SUCCESS, pageout } from './pageout.ts';

/**
 * Decides the fate of the pages in t.isolated, oldest first: vmscan.c shrink_page_list(), model.md §3.6. Answers the pages
 * freed; t.isolated then holds the rest in the order in which they go back (R3.26, P6.6), and t.sc.nrDirty says how many
 * were skipped in the last pass. `fileList`: the pages come from the inactive file list.
 */
export function shrinkPageList(k: Kernel, t: Task, fileList: boolean): number {
  const frame: ShrinkPageList = {
    fileList,
    list: t.isolated,
    next: 0,
    pfn: -1,
    firstPass: true,
    round: 0,
    wait: NOTHING,
    gathersSkipped: false,
    seenDirty: 0,
    nrSkipped: 0,
    nrRefused: 0,
    freed: 0,
    kept: [],
    dirty: [],
    skipped: [],
  };
  beginPass(k, frame, t);
  return enter(t, shrinkPageListFunction, frame);
}

/** Freeing a clean page is deep enough already: 448 bytes (stack-traces.json C). */
const removeMappingPath = callPath(
  '__remove_mapping',
  measured(
    '__remove_mapping 64, __remove_from_page_cache 32, radix_tree_delete 272, call_rcu 16, call_rcu_sched 16, __call_rcu 48',
  ),
);

interface ShrinkPageList extends Frame {
  fileList: boolean;
  list: Pfn[];
  next: number;
  /** The page being written or waited for. */
  pfn: Pfn;
  /** The dirty pages have not been cleaned as a batch yet. */
  firstPass: boolean;
  /** Times the skipped pages were waited for. */
  round: number;
  /** What follows this pass if it skips pages: one of policy/dirty-wait.ts. */
  wait: number;
  /** Skipped pages leave their place among the kept ones. */
  gathersSkipped: boolean;
  /** Dirty pages met, and those of them skipped, in this pass. */
  seenDirty: Pages;
  nrSkipped: Pages;
  /** Dirty pages whose disk takes no more for now: pageout() has answered KEEP. */
  nrRefused: Pages;
  freed: number;
  /** ret_pages, first kept first. */
  kept: Pfn[];
  /** Locked dirty pages of the first pass (P5.1). */
  dirty: Pfn[];
  /** Unlocked dirty pages of a pass that may not write (P6.2). */
  skipped: Pfn[];
}
const at = steps('next', 'awaited', 'paged', 'ranged', 'passDone', 'cleaned', 'rescan', 'finish');

// 384 bytes: stack-traces.json.
const shrinkPageListFunction = kernelFunction<ShrinkPageList, keyof typeof at>('shrink_page_list', 384, at, {
  next: (k, f, t) => {
    while (f.next < f.list.length) {
      const pfn = f.list[f.next++]!;
      const verdict =
        k.watch === undefined ? judgePage(k, t, pfn, f.firstPass) : judgeWatched(k, t, pfn, f.firstPass, judgePage);
      if (verdict >= PAGEOUT) return waitFor(k, f, t, pfn, verdict);
      settle(k, f, t, pfn, verdict);
      if (k.watch !== undefined) return goto(t, at.next); // who looks on may stop at each page
    }
    return goto(t, at.passDone);
  },
  awaited: (k, f, t) => {
    if (k.pages.isUnderWriteback(f.pfn)) return waitFor(k, f, t, f.pfn, AWAIT_WRITEBACK);
    const verdict = judgeWatched(k, t, f.pfn, f.firstPass, judgeQuietPage);
    if (verdict === PAGEOUT) return waitFor(k, f, t, f.pfn, verdict);
    settle(k, f, t, f.pfn, verdict);
    return goto(t, at.next);
  },
  paged: (k, f, t) => {
    const verdict = verdictAfterPageout(k, f, t);
    if (verdict === KEEP_DIRTY) f.nrRefused++;
    else f.seenDirty++; // settle() counts the pages that are kept dirty
    settle(k, f, t, f.pfn, verdict);
    return k.sched.payCpu(t, at.next);
  },
  ranged: (k, f, t) => {
    f.seenDirty++;
    settle(k, f, t, f.pfn, verdictOfHandedOver(k, t, f.pfn));
    return goto(t, at.next);
  },
  passDone: (k, f, t) => {
    if (f.dirty.length === 0) return endPass(k, f, t);
    t.isolated = f.dirty;
    f.dirty = [];
    return andThen(t, f, at.cleaned, cleanPageList(k, t));
  },
  cleaned: (_k, f, t) => {
    f.firstPass = false;
    f.list = t.isolated;
    f.next = 0;
    return goto(t, at.next);
  },
  rescan: (k, f, t) => {
    f.round++;
    f.list = f.skipped;
    f.next = 0;
    f.skipped = [];
    beginPass(k, f, t);
    t.cpuDebtNs += f.list.length * SHRINK_PAGE_NS;
    return k.sched.payCpu(t, at.next);
  },
  finish: (k, f, t) => {
    if (f.freed > 0) noteCallPath(k, t, removeMappingPath);
    if (isFirstLook(t)) for (const pfn of f.skipped) countLap(k, pfn);
    // The skipped pages go back first: older than what else was kept (P6.6).
    t.isolated = f.skipped.length === 0 ? f.kept : f.skipped.concat(f.kept);
    t.sc.nrDirty = f.nrSkipped;
    return ret(t, f.freed);
  },
});

/** An instrument looks on, and may have something else carried out. */
function judgeWatched(k: Kernel, t: Task, pfn: Pfn, firstPass: boolean, judge: typeof judgePage): Verdict {
  const { watch } = k;
  watch?.judging(k, t, pfn);
  const verdict = judge(k, t, pfn, firstPass);
  return watch?.judged(k, t, pfn, verdict, firstPass) ?? verdict;
}

/** What this pass does with the pages it skips, and after them. */
function beginPass(k: Kernel, f: ShrinkPageList, t: Task): void {
  const { dirtyWait, skippedDirty, directRounds } = k.policy;
  const isLast = f.round >= directRounds;
  const waits = t.kind !== KSWAPD && !isLast;
  f.wait = waits ? dirtyWait.afterPass(t.sc.syncWriteback, t.sc.memcg !== 0) : NOTHING;
  const setsAside = skippedDirty.setsAside && !(isLast && dirtyWait.lastPassKeeps);
  f.gathersSkipped = setsAside || f.wait === KICK_NAP_AND_RESCAN;
  f.seenDirty = 0;
  f.nrSkipped = 0;
  f.nrRefused = 0;
}

/** The flusher is woken, and a waiting reclaimer naps and looks at the skipped pages again (P6.3 and its successors). */
function endPass(k: Kernel, f: ShrinkPageList, t: Task): Next {
  const { flusherKick } = k.policy;
  if (f.seenDirty > 0 && f.nrRefused === f.seenDirty && t.sc.memcg === 0) k.zone.congested = true; // asked from 2.6.37 on
  const kick = flusherKick.afterPass(f.seenDirty, f.nrSkipped, f.fileList, t.sc.mayWritepage);
  if (kick !== NO_KICK) k.call.wakeupFlusherThreads(k, k.sysctl.laptopMode ? 0 : kick);
  if (f.nrSkipped === 0 || f.wait === NOTHING) return goto(t, at.finish);
  if (!flusherKick.replacesWaitersKick) k.call.wakeupFlusherThreads(k, f.nrSkipped);
  if (f.wait === KICK) return goto(t, at.finish);
  return congestionWait(k, t, NAP_100MS, f.wait === KICK_NAP_AND_RESCAN ? at.rescan : at.finish);
}

/** The two verdicts that may sleep: the page is written, or its write in flight is waited for with the page locked (row 7). */
function waitFor(k: Kernel, f: ShrinkPageList, t: Task, pfn: Pfn, verdict: Verdict): Next {
  f.pfn = pfn;
  if (verdict === AWAIT_WRITEBACK) return waitOnPageWriteback(k, t, pfn, at.awaited);
  if (!isRangeAround(k, t, pfn)) return andThen(t, f, at.paged, pageout(k, t, pfn));
  t.isolated = [pfn];
  return andThen(t, f, at.ranged, cleanPageList(k, t));
}

/** pageout() would go on to ->writepage, and the unit makes more than the page itself of it. */
function isRangeAround(k: Kernel, t: Task, pfn: Pfn): boolean {
  const { columns } = k.pages;
  if (k.pages.isSwapBacked(pfn) || columns.pins[pfn] !== 0 || !mayWriteToQueue(k, t, pfn)) return false;
  const { pageoutUnit, writeAroundPages } = k.policy;
  const { first, last } = pageoutUnit.range(k.space(columns.space[pfn]!), columns.index[pfn]!, [], writeAroundPages);
  return first !== last;
}

/** Row 11's outcomes: the page was locked when pageout() was called, and is unlocked where it was handed over. */
function verdictAfterPageout(k: Kernel, f: ShrinkPageList, t: Task): Verdict {
  switch (t.ret) {
    case PAGE_ACTIVATE:
      return ACTIVATE_PAGE;
    case PAGE_CLEAN:
      return FREE;
    case PAGE_SUCCESS:
      return verdictOfHandedOver(k, t, f.pfn);
    default:
      return KEEP_DIRTY;
  }
}

/** The filesystem has had the page and unlocked it. */
function verdictOfHandedOver(k: Kernel, t: Task, pfn: Pfn): Verdict {
  const { pages } = k;
  if (pages.isUnderWriteback(pfn)) return KEEP_BUSY; // R3.23: never freed in the same pass
  if (pages.isDirty(pfn)) {
    countLap(k, pfn); // the filesystem would not (R4.2), or it was dirtied since
    return KEEP_BUSY;
  }
  return trylockPage(k, t, pfn) ? FREE : KEEP_BUSY;
}

/** Carries a verdict out. */
function settle(k: Kernel, f: ShrinkPageList, t: Task, pfn: Pfn, verdict: Verdict): void {
  if (verdict >= KEEP_DIRTY) f.seenDirty++;
  switch (verdict) {
    case SET_ASIDE_LOCKED:
      f.dirty.push(pfn);
      return;
    case SKIP:
      f.nrSkipped++;
      markSkipped(k, t, pfn);
      if (f.gathersSkipped) {
        unlockPage(k, pfn);
        f.skipped.push(pfn);
        return;
      }
      if (isFirstLook(t)) countLap(k, pfn);
      if (k.policy.skippedDirty.activates) activateIsolated(k, pfn);
      break;
    case FREE:
      if (removeMapping(k, pfn)) {
        f.freed++;
        t.sc.nrReclaimed++;
        return;
      }
      break;
    case KEEP_DIRTY:
      if (isFirstLook(t)) countLap(k, pfn);
      break;
    case ACTIVATE_PAGE:
      activateIsolated(k, pfn);
      break;
  }
  if (verdict !== KEEP_BUSY) unlockPage(k, pfn);
  f.kept.push(pfn);
}

function markSkipped(k: Kernel, t: Task, pfn: Pfn): void {
  const { tagsReclaim, hasOwnList } = k.policy.skippedDirty;
  if (tagsReclaim) {
    k.pages.setReclaim(pfn);
    k.vm[VM.nr_vmscan_immediate_reclaim]!++;
  }
  if (hasOwnList && !k.pages.isSwapBacked(pfn) && !k.pages.isKeptDirty(pfn)) keepOnDirtyList(k, t, pfn);
}

/** The SYNC pass sees the same lap of the same pages again. */
function isFirstLook(t: Task): boolean {
  return !t.sc.syncWriteback;
}
