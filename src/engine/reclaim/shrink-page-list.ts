import { broken } from '../../abi/errors.ts';
import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { unchargePage } from '../machine/memcg.ts';
import { deleteFromSwapCache, freePage, removeFromPageCache } from '../machine/page-cache.ts';
import { trylockPage, unlockPage, waitOnPageWriteback } from '../machine/page-lock.ts';
import { settleSurplus } from '../machine/page-state.ts';
import { NO_SPACE } from '../machine/page-table.ts';
import { swapFull } from '../machine/swap-map.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { cleanPageList } from './clean-page-list.ts';
import {
  ACTIVATE_PAGE,
  AWAIT_WRITEBACK,
  CULL,
  FREE,
  judgePage,
  judgeQuietPage,
  KEEP,
  KEEP_BUSY,
  KEEP_DIRTY,
  PAGEOUT,
  SET_ASIDE,
  SET_ASIDE_LOCKED,
  type Verdict,
} from './judge.ts';
import { PAGE_ACTIVATE, PAGE_CLEAN, PAGE_SUCCESS, pageout } from './pageout.ts';

/**
 * Decides the fate of the pages in t.isolated, oldest first: vmscan.c shrink_page_list(), model.md §3.6. Answers the pages
 * freed; t.isolated then holds the rest in the order in which they go back (R3.26, P6.6).
 */
export function shrinkPageList(_k: Kernel, t: Task): number {
  return enter(t, shrinkPageListFunction, {
    list: t.isolated,
    next: 0,
    pfn: -1,
    firstPass: true,
    freed: 0,
    kept: [],
    dirty: [],
    aside: [],
  });
}

interface ShrinkPageList extends Frame {
  list: Pfn[];
  next: number;
  /** The page being written or waited for. */
  pfn: Pfn;
  firstPass: boolean;
  freed: number;
  /** ret_pages, first kept first. */
  kept: Pfn[];
  /** Locked dirty pages of the first pass (P5.1). */
  dirty: Pfn[];
  /** Unlocked dirty pages of a pass that may not write (P6.2). */
  aside: Pfn[];
}
const at = steps('next', 'awaited', 'paged', 'passDone', 'cleaned');

// 384 bytes: stack-traces.json.
const shrinkPageListFunction = kernelFunction<ShrinkPageList, keyof typeof at>('shrink_page_list', 384, at, {
  next: (k, f, t) => {
    while (f.next < f.list.length) {
      const pfn = f.list[f.next++]!;
      const verdict = judgePage(k, t, pfn, f.firstPass);
      if (verdict === PAGEOUT || verdict === AWAIT_WRITEBACK) return waitFor(k, f, t, pfn, verdict);
      settle(k, f, t, pfn, verdict);
    }
    return goto(t, at.passDone);
  },
  awaited: (k, f, t) => {
    if (k.pages.isUnderWriteback(f.pfn)) return waitFor(k, f, t, f.pfn, AWAIT_WRITEBACK);
    const verdict = judgeQuietPage(k, t, f.pfn, f.firstPass);
    if (verdict === PAGEOUT) return waitFor(k, f, t, f.pfn, verdict);
    settle(k, f, t, f.pfn, verdict);
    return goto(t, at.next);
  },
  paged: (k, f, t) => {
    settle(k, f, t, f.pfn, verdictAfterPageout(k, f, t));
    return k.sched.payCpu(t, at.next);
  },
  passDone: (k, f, t) => {
    if (f.dirty.length === 0) return finish(f, t);
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
});

/** The two verdicts that may sleep: the page is written, or its write in flight is waited for with the page locked (row 7). */
function waitFor(k: Kernel, f: ShrinkPageList, t: Task, pfn: Pfn, verdict: Verdict): Next {
  f.pfn = pfn;
  if (verdict === PAGEOUT) return andThen(t, f, at.paged, pageout(k, t, pfn));
  return waitOnPageWriteback(k, t, pfn, at.awaited);
}

function finish(f: ShrinkPageList, t: Task): Next {
  // The set-aside pages go back first: older than what else was kept (P6.6).
  t.isolated = f.aside.length === 0 ? f.kept : f.aside.concat(f.kept);
  return ret(t, f.freed);
}

/** Row 11's outcomes: the page was locked when pageout() was called, and is unlocked where it was handed over. */
function verdictAfterPageout(k: Kernel, f: ShrinkPageList, t: Task): Verdict {
  const { pages } = k;
  switch (t.ret) {
    case PAGE_ACTIVATE:
      return ACTIVATE_PAGE;
    case PAGE_CLEAN:
      return FREE;
    case PAGE_SUCCESS:
      if (pages.isUnderWriteback(f.pfn)) return KEEP_BUSY; // R3.23: never freed in the same pass
      if (pages.isDirty(f.pfn)) {
        countLap(k, f.pfn); // the filesystem would not (R4.2), or it was dirtied since
        return KEEP_BUSY;
      }
      if (!trylockPage(k, t, f.pfn)) return KEEP_BUSY;
      return pages.isDirty(f.pfn) || pages.isUnderWriteback(f.pfn) ? KEEP : FREE;
    default:
      return KEEP_DIRTY;
  }
}

/** Carries a verdict out. */
function settle(k: Kernel, f: ShrinkPageList, t: Task, pfn: Pfn, verdict: Verdict): void {
  switch (verdict) {
    case SET_ASIDE_LOCKED:
      f.dirty.push(pfn);
      return;
    case SET_ASIDE:
      countLap(k, pfn);
      unlockPage(k, pfn);
      f.aside.push(pfn);
      return;
    case FREE:
      if (removeMapping(k, pfn)) {
        f.freed++;
        t.sc.nrReclaimed++;
        return;
      }
      break;
    case KEEP_DIRTY:
      countLap(k, pfn);
      break;
    case ACTIVATE_PAGE:
      activateIsolated(k, pfn);
      break;
    case CULL:
      break;
  }
  if (verdict !== KEEP_BUSY) unlockPage(k, pfn);
  f.kept.push(pfn);
}

/** A dirty page goes round once more (R3.24): the cost the series accepts for direct reclaim. */
function countLap(k: Kernel, pfn: Pfn): void {
  const { laps } = k.pages.columns;
  if (laps[pfn] === 0) k.vm[VM.dirty_laps_pages]!++;
  k.vm[VM.dirty_laps]!++;
  laps[pfn] = Math.min(255, laps[pfn]! + 1);
  if (laps[pfn]! > k.vm[VM.dirty_laps_max]!) k.vm[VM.dirty_laps_max] = laps[pfn]!;
}

/** R3.22. */
function activateIsolated(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  if (
    pages.isInSwapCache(pfn) &&
    swapFull(k.swap) &&
    !pages.isUnderWriteback(pfn) &&
    k.swap.users[pages.columns.swapSlot[pfn]!] === 0
  ) {
    deleteFromSwapCache(k, pfn); // try_to_free_swap(): the page is the only copy now
    pages.setDirtyFlag(pfn);
  }
  pages.setActive(pfn);
  k.vm[VM.pgactivate]!++;
}

/** Rows 12 to 14: __remove_mapping() and the frame goes free. False when somebody holds the page. */
function removeMapping(k: Kernel, pfn: Pfn): boolean {
  const { pages } = k;
  if (pages.columns.pins[pfn] !== 0) return false;
  if (pages.isDirty(pfn) || pages.isUnderWriteback(pfn))
    broken('reclaim frees pfn # dirty or under writeback (I7)', pfn);
  if (pages.isInSwapCache(pfn)) {
    const slot = pages.columns.swapSlot[pfn]!;
    if (k.swap.users[slot] !== 0) assertSameAsDisk(k, pfn, k.swap.diskVersion[slot]!);
    deleteFromSwapCache(k, pfn);
  } else if (pages.columns.space[pfn] !== NO_SPACE) {
    assertSameAsDisk(k, pfn, k.space(pages.columns.space[pfn]!).diskVersion[pages.columns.index[pfn]!]!);
    removeFromPageCache(k, pfn);
  }
  if (pages.isSurplus(pfn)) settleSurplus(k, pfn, VM.range_collateral_reclaimed);
  unchargePage(k, pfn);
  k.vm[pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!--;
  pages.clearIsolated(pfn);
  unlockPage(k, pfn);
  freePage(k, pfn);
  return true;
}

/** The strongest test of all: what reclaim throws away is on disk in the same version (I7). */
function assertSameAsDisk(k: Kernel, pfn: Pfn, diskVersion: number): void {
  const version = k.pages.columns.version[pfn]!;
  if (version !== diskVersion)
    broken('reclaim frees pfn # at version #, the disk has # (I7)', pfn, version, diskVersion);
}
