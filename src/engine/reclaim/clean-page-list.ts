import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import { GFP_FS, GFP_IO } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { trylockPage, unlockPage } from '../machine/page-lock.ts';
import { noteReclaimWrite } from '../machine/page-state.ts';
import type { BatchMate } from '../machine/policy/pageout-unit.ts';
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
  return enter(t, cleanList, { left: t.isolated.slice(), done: [], cursor: -1, space: -1, batch: 0 });
}

interface CleanList extends Frame {
  /** Pages not reached yet, oldest first. */
  left: Pfn[];
  done: Pfn[];
  cursor: Pfn;
  /** Pinned inode of the range being written; -1: none. */
  space: number;
  /** Pages of the batch in this range. */
  batch: number;
}
const at = steps('next', 'written', 'ranged', 'finish');

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
    return k.sched.payCpu(t, at.next);
  },
  ranged: (k, f, t) => {
    k.space(f.space).pinned--; // iput()
    f.space = -1;
    noteReclaimWrite(k, actorOf(t), false, t.ret);
    return goto(t, at.next);
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
  const mates = space !== undefined && k.call.hasWritepages(k, space) ? matesOf(k, f, t, space.id) : [];
  const cursorIndex = columns.index[cursor]!;
  const range = k.policy.pageoutUnit.range(cursorIndex, mates);
  takeMates(k, f, t, mates, range);
  releaseRest(k, f, t);
  if (space === undefined || range.first === range.last)
    return andThen(t, f, at.written, writeLockedPage(k, t, cursor, false)); // ASYNC even in a SYNC pass (P5.6)
  return writeRange(k, f, t, space.id, range);
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

/** The mates inside the range leave the list, unlocked: newest first behind the cursor (P6.6). */
function takeMates(
  k: Kernel,
  f: CleanList,
  t: Task,
  mates: readonly BatchMate[],
  range: { readonly first: Pages; readonly last: Pages },
): void {
  const taken = mates.filter((mate) => mate.index >= range.first && mate.index <= range.last).map((mate) => mate.pfn);
  f.left = f.left.filter((pfn) => !taken.includes(pfn));
  f.batch = taken.length + 1;
  for (const pfn of taken.reverse()) {
    if (k.pages.columns.lockedBy[pfn] === t.id) unlockPage(k, pfn);
    f.done.push(pfn);
  }
}

/** B4 off: before a write that may sleep all remaining pages are unlocked; each is taken again when the loop reaches it. */
function releaseRest(k: Kernel, f: CleanList, t: Task): void {
  if (k.sysctl.historicalBugs) return;
  for (const pfn of f.left) if (k.pages.columns.lockedBy[pfn] === t.id) unlockPage(k, pfn);
}

/** igrab(), unlock the cursor, do_writepages() over the span without a limit, iput() (P5.5). */
function writeRange(
  k: Kernel,
  f: CleanList,
  t: Task,
  spaceId: number,
  range: { readonly first: Pages; readonly last: Pages },
): Next {
  const space = k.space(spaceId);
  space.pinned++;
  f.space = spaceId;
  unlockPage(k, f.cursor);
  setWbc(t, { nrToWrite: Infinity, rangeStart: range.first, rangeEnd: range.last });
  k.vm[VM.range_writes]!++;
  k.trace.emit(TRACE_ID.rangeWrite, k.nowNs, t.id, spaceId, range.first, range.last, f.batch);
  return andThen(t, f, at.ranged, k.call.doWritepages(k, t, space));
}

/** page_mapping(): with B4 off a store may have taken an unlocked page out of the swap cache before its turn came. */
function hasMapping(k: Kernel, pfn: Pfn): boolean {
  return k.pages.isSwapBacked(pfn) ? k.pages.isInSwapCache(pfn) : k.pages.columns.space[pfn]! >= 0;
}

function mayEnterFs(k: Kernel, t: Task, pfn: Pfn): boolean {
  const { gfp } = t.sc;
  return (gfp & GFP_FS) !== 0 || (k.pages.isInSwapCache(pfn) && (gfp & GFP_IO) !== 0);
}
