import type { Pfn } from '../../abi/units.ts';
import { GFP_FS, GFP_IO } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { trylockPage } from '../machine/page-lock.ts';
import { NO_SPACE } from '../machine/page-table.ts';
import { writesOf } from '../machine/policy/writes.ts';
import { actorOf, KSWAPD, type Task } from '../machine/task.ts';
import { takeReferenced } from './referenced.ts';
import { addToSwap, unmapPage } from './unmap.ts';

/** What becomes of one isolated page. All but KEEP_BUSY hold the page lock. */
export const KEEP_BUSY = 0;
export const KEEP = 1;
export const ACTIVATE_PAGE = 2;
export const CULL = 3;
export const FREE = 4;
/** From here on the page is dirty at row 11, and was seen to be. It makes another lap, or is handed to the filesystem. */
export const KEEP_DIRTY = 5;
/** To the private dirty list, still locked (P5.1). */
export const SET_ASIDE_LOCKED = 6;
/** Its reclaimer may not write it (P6.2). */
export const SKIP = 7;
export const PAGEOUT = 8;
/** Under writeback in the SYNC pass: to be judged on by judgeQuietPage() when the write is over. */
export const AWAIT_WRITEBACK = 9;
export type Verdict = number;

export const REF_RECLAIM = 0;
export const REF_RECLAIM_CLEAN = 1;
export const REF_KEEP = 2;
export const REF_ACTIVATE = 3;

/**
 * vmscan.c page_check_references(): model.md R3.8, without mlocked mappings. Lumpy reclaim wants the block, used or not.
 * @param young a young pte was found and cleared; @param referenced PG_referenced was set and has been cleared
 */
export function checkReferences(young: boolean, referenced: boolean, anon: boolean, lumpy: boolean): number {
  if (lumpy) return REF_RECLAIM;
  if (young) return anon || referenced ? REF_ACTIVATE : REF_KEEP;
  return referenced ? REF_RECLAIM_CLEAN : REF_RECLAIM;
}

/**
 * One page of shrink_page_list(), rows 1 to 11 of model.md §3.6 in their order (row 6 is asked where it decides).
 * Consumes reference bits, allocates swap and unmaps as the rows say; what has to wait or to write is the caller's. `firstPass`: the page has not been set aside yet.
 */
export function judgePage(k: Kernel, t: Task, pfn: Pfn, firstPass: boolean): Verdict {
  const { pages } = k;
  const { sc } = t;
  if (!trylockPage(k, t, pfn)) return KEEP_BUSY; // row 1
  sc.nrScanned++; // row 2
  if (pages.isUnevictable(pfn)) return CULL; // row 3
  if (pages.isMapped(pfn) || pages.isInSwapCache(pfn)) sc.nrScanned++; // row 5
  if (pages.isUnderWriteback(pfn)) return judgeUnderWriteback(k, t, pfn);
  if (pages.isDirty(pfn)) {
    sc.nrBusy++;
    sc.nrUnqueuedDirty++;
  }
  return judgeQuietPage(k, t, pfn, firstPass);
}

/** Row 7: the SYNC pass waits for it, memcg reclaim may, and else it makes way one way or another (§9.2, §9.4). */
function judgeUnderWriteback(k: Kernel, t: Task, pfn: Pfn): Verdict {
  const { pages } = k;
  const { sc } = t;
  const { writebackAtTail } = k.policy;
  const wasTagged = pages.isReclaim(pfn);
  sc.nrBusy++;
  if (wasTagged) sc.nrRecycled++;
  const mayEnterFs = mayEnterFsFor(k, t, pfn);
  if (sc.syncWriteback && mayEnterFs) return AWAIT_WRITEBACK;
  if (writebackAtTail.stallsKswapd && t.kind === KSWAPD && wasTagged && k.zone.tailIsWriteback) {
    sc.nrImmediate++;
    return ACTIVATE_PAGE;
  }
  if (sc.memcg !== 0 && t.kind !== KSWAPD && writebackAtTail.memcgWaits(wasTagged, (sc.gfp & GFP_IO) !== 0, mayEnterFs))
    return AWAIT_WRITEBACK;
  if (writebackAtTail.tags) pages.setReclaim(pfn);
  sc.nrWriteback++;
  return writebackAtTail.activates ? ACTIVATE_PAGE : KEEP;
}

/** Rows 8 to 11: the page is locked and no write of it is in flight. */
export function judgeQuietPage(k: Kernel, t: Task, pfn: Pfn, firstPass: boolean): Verdict {
  const { pages } = k;
  const { sc } = t;
  const wasSwapCache = pages.isInSwapCache(pfn);
  let mayEnterFs = mayEnterFsFor(k, t, pfn); // row 6
  if (isOrphan(k, pfn)) return FREE;
  const referenced = pages.takeReferenced(pfn); // row 8
  const ignoresReferences = sc.order > 0 && k.policy.blockReclaim.ignoresReferences(sc.order, sc.lumpyReclaimMode);
  const references = checkReferences(takeReferenced(k, t, pfn), referenced, pages.isAnon(pfn), ignoresReferences);
  if (references === REF_ACTIVATE) {
    if (!pages.isAnon(pfn)) pages.setReferenced(pfn);
    return ACTIVATE_PAGE;
  }
  if (references === REF_KEEP) {
    pages.setReferenced(pfn);
    return KEEP;
  }
  if (pages.isAnon(pfn) && !wasSwapCache) {
    if ((sc.gfp & GFP_IO) === 0) return KEEP; // row 9
    if (!addToSwap(k, t, pfn)) return ACTIVATE_PAGE;
    mayEnterFs = true;
  }
  if (pages.isMapped(pfn)) unmapPage(k, t, pfn); // row 10
  if (!pages.isDirty(pfn)) return FREE;
  return judgeDirty(k, t, pfn, references, mayEnterFs, firstPass); // row 11
}

/** Row 11, with what the policies put before its own tests (P5.1, P6.2). */
function judgeDirty(
  k: Kernel,
  t: Task,
  pfn: Pfn,
  references: number,
  mayEnterFs: boolean,
  firstPass: boolean,
): Verdict {
  const { policy, pages } = k;
  const writes = writesOf(policy, actorOf(t), pages.isSwapBacked(pfn));
  const wasSeen = policy.skippedDirty.tagsReclaim ? pages.isReclaim(pfn) : pages.lapsOf(pfn) > 0;
  if (!writes.now(t.sc.priority, wasSeen, policy.writeBelowPriority, k.zone.tailIsDirty)) return SKIP;
  if (firstPass && policy.pageoutUnit.batchesDirtyPages) return SET_ASIDE_LOCKED;
  const isSpared = references === REF_RECLAIM_CLEAN && (policy.referencedDirty.sparesAnon || !pages.isSwapBacked(pfn));
  if (isSpared || !mayEnterFs || !t.sc.mayWritepage) return KEEP_DIRTY;
  return PAGEOUT;
}

function mayEnterFsFor(k: Kernel, t: Task, pfn: Pfn): boolean {
  const { gfp } = t.sc;
  return (gfp & GFP_FS) !== 0 || (k.pages.isInSwapCache(pfn) && (gfp & GFP_IO) !== 0);
}

/** Nobody can read the page any more: truncated while isolated, or anon memory of a task that has ended. Nothing is written. */
function isOrphan(k: Kernel, pfn: Pfn): boolean {
  const { pages } = k;
  const orphan = pages.isInSwapCache(pfn)
    ? k.swap.users[pages.columns.swapSlot[pfn]!] === 0 && !pages.isMapped(pfn)
    : pages.columns.space[pfn] === NO_SPACE;
  if (orphan) pages.clearDirtyFlag(pfn);
  return orphan;
}
