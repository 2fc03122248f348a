import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import { GFP_FS, GFP_IO } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { trylockPage, unlockPage } from '../machine/page-lock.ts';
import { noteReclaimWrite } from '../machine/page-state.ts';
import type { BatchMate, PageRange } from '../machine/policy/pageout-unit.ts';
import { actorOf, setWbc, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, type Frame, GO_ON, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { mayWriteToQueue, writeLockedPage } from './pageout.ts';

/**
 * Patch 5's clean_page_list(): the dirty pages of a batch, all still locked, are written file by file (model.md P5.3–P5.5,
 * P5.9). Answers nothing; the order it leaves in t.isolated is the order of the second pass: cursor, then its file-mates
 * newest to oldest (P6.6). While a write sleeps the caller keeps the locks of every page not yet reached: with the
 * historical bugs on (B4) two reclaimers can wait for each other for ever.
 */
export function cleanPageList(k: Kernel, t: Task): number {
  if (!t.sc.mayWritepage) {
    // P5.2: it returns with all pages still locked, and they go back to the LRU locked for ever; mended unless B4 is on.
    if (!k.sysctl.historicalBugs) for (const pfn of t.isolated) unlockPage(k, pfn);
    return 0;
  }
  return enter(t, cleanList, {
    left: t.isolated.slice(),
    done: [],
    cursor: -1,
    space: -1,
    first: 0,
    last: 0,
    written: 0,
  });
}

interface CleanList extends Frame {
  /** Pages not reached yet, oldest first. */
  left: Pfn[];
  done: Pfn[];
  cursor: Pfn;
  /** Pinned inode of the range being written; -1: none. */
  space: number;
  /** The range, and the pages of it that have been handed to ->writepages. */
  first: Pages;
  last: Pages;
  written: Pages;
}
const at = steps('next', 'written', 'ranged', 'above', 'cursor', 'finish');

const cleanList = kernelFunction<CleanList, keyof typeof at>('clean_page_list', ASSUMED_BYTES, at, {
  next: (k, f, t) => {
    const cursor = f.left.shift();
    if (cursor === undefined) return goto(t, at.finish);
    f.cursor = cursor;
    f.done.push(cursor);
    // With B4 off a page was unlocked before the last write; whoever took it meanwhile has it, the second pass will see.
    if (!k.pages.isLocked(cursor) || k.pages.columns.lockedBy[cursor] !== t.id) {
      if (!trylockPage(k, t, cursor)) return GO_ON;
    }
    const mayWrite = hasMapping(k, cursor) && mayWriteToQueue(k, t, cursor) && mayEnterFs(k, t, cursor);
    if (!mayWrite || !k.pages.isDirty(cursor)) {
      unlockPage(k, cursor);
      return GO_ON;
    }
    return writeAround(k, f, t, cursor);
  },
  written: (k, f, t) => {
    // An ACTIVATE answer leaves the page locked and is dropped; the second pass decides again (P5.5).
    if (k.pages.isLocked(f.cursor) && k.pages.columns.lockedBy[f.cursor] === t.id) unlockPage(k, f.cursor);
    endRange(k, f, t);
    return k.sched.payCpu(t, at.next);
  },
  ranged: (k, f, t) => {
    f.written += t.ret;
    endRange(k, f, t);
    return goto(t, at.next);
  },
  above: (k, f, t) => {
    f.written += t.ret;
    return writePart(k, f, t, k.pages.columns.index[f.cursor]! + 1, f.last, at.cursor);
  },
  cursor: (k, f, t) => {
    f.written += t.ret;
    return andThen(t, f, at.written, writeLockedPage(k, t, f.cursor, false));
  },
  finish: (_k, f, t) => {
    t.isolated = f.done;
    return ret(t, 0);
  },
});

function writeAround(k: Kernel, f: CleanList, t: Task, cursor: Pfn): Next {
  const { columns } = k.pages;
  const isFile = !k.pages.isSwapBacked(cursor);
  const space = isFile ? k.space(columns.space[cursor]!) : undefined;
  const index = columns.index[cursor]!;
  const canRange = space !== undefined && k.call.hasWritepages(k, space);
  const mates = canRange ? matesOf(k, f, t, space.id) : [];
  const { pageoutUnit, writeAroundPages } = k.policy;
  const range = canRange ? pageoutUnit.range(space, index, mates, writeAroundPages) : { first: index, last: index };
  const taken = takeMates(k, f, t, mates, range);
  releaseRest(k, f, t);
  if (space === undefined || range.first === range.last)
    return andThen(t, f, at.written, writeLockedPage(k, t, cursor, false)); // ASYNC even in a SYNC pass (P5.6)
  return writeRange(k, f, t, space.id, range, taken + 1);
}

/** Other pages of the batch, of the same file, dirty and not under writeback, whose lock we hold or can get (P5.4). */
function matesOf(k: Kernel, f: CleanList, t: Task, space: number): BatchMate[] {
  const { pages } = k;
  const { columns } = pages;
  const mates: BatchMate[] = [];
  for (const pfn of f.left) {
    if (columns.space[pfn] !== space || !pages.isDirty(pfn) || pages.isUnderWriteback(pfn)) continue;
    if (columns.lockedBy[pfn] !== t.id && pages.isLocked(pfn)) continue;
    mates.push({ pfn, index: columns.index[pfn]! });
  }
  return mates;
}

/** The mates inside the range leave the list, unlocked: newest first behind the cursor (P6.6). Answers how many they are. */
function takeMates(k: Kernel, f: CleanList, t: Task, mates: readonly BatchMate[], range: PageRange): number {
  const taken = mates.filter((mate) => mate.index >= range.first && mate.index <= range.last).map((mate) => mate.pfn);
  f.left = f.left.filter((pfn) => !taken.includes(pfn));
  for (const pfn of taken.reverse()) {
    if (k.pages.columns.lockedBy[pfn] === t.id) unlockPage(k, pfn);
    f.done.push(pfn);
  }
  return taken.length;
}

/** B4 off: before a write that may sleep all remaining pages are unlocked; each is taken again when the loop reaches it. */
function releaseRest(k: Kernel, f: CleanList, t: Task): void {
  if (k.sysctl.historicalBugs) return;
  for (const pfn of f.left) if (k.pages.columns.lockedBy[pfn] === t.id) unlockPage(k, pfn);
}

/**
 * igrab(), unlock the cursor, do_writepages() over the range without a limit, iput() (P5.5). Where the lock is kept instead, the
 * range is written around the cursor, which goes last: other page locks are then asked for while one is held.
 */
function writeRange(k: Kernel, f: CleanList, t: Task, spaceId: number, range: PageRange, inBatch: Pages): Next {
  const { first, last } = range;
  Object.assign(f, { space: spaceId, first, last, written: 0 });
  k.space(spaceId).pinned++;
  k.vm[VM.range_writes]!++;
  k.trace.emit(TRACE_ID.rangeWrite, k.nowNs, t.id, spaceId, first, last, inBatch);
  if (k.policy.rangeLock.holdsPageLock)
    return writePart(k, f, t, first, k.pages.columns.index[f.cursor]! - 1, at.above);
  unlockPage(k, f.cursor);
  return writePart(k, f, t, first, last, at.ranged);
}

function writePart(k: Kernel, f: CleanList, t: Task, first: Pages, last: Pages, then: number): Next {
  if (first > last) return andThen(t, f, then, 0);
  setWbc(t, { nrToWrite: Infinity, rangeStart: first, rangeEnd: last });
  return andThen(t, f, then, k.call.doWritepages(k, t, k.space(f.space)));
}

function endRange(k: Kernel, f: CleanList, t: Task): void {
  if (f.space < 0) return;
  k.space(f.space).pinned--; // iput()
  f.space = -1;
  noteReclaimWrite(k, actorOf(t), false, f.written);
  if (!k.sysctl.historicalBugs) k.vm[VM.nr_vmscan_write]! += f.written; // B6: patch 5 does not count them
}

/** page_mapping(): with B4 off a store may have taken an unlocked page out of the swap cache before its turn came. */
function hasMapping(k: Kernel, pfn: Pfn): boolean {
  return k.pages.isSwapBacked(pfn) ? k.pages.isInSwapCache(pfn) : k.pages.columns.space[pfn]! >= 0;
}

function mayEnterFs(k: Kernel, t: Task, pfn: Pfn): boolean {
  const { gfp } = t.sc;
  return (gfp & GFP_FS) !== 0 || (k.pages.isInSwapCache(pfn) && (gfp & GFP_IO) !== 0);
}
