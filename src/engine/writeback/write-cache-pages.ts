import type { Pages, Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { nextBit } from '../machine/page-bits.ts';
import { lockPage, trylockPage, unlockPage, waitOnPageWriteback } from '../machine/page-lock.ts';
import { clearPageDirtyForIo, markSurplus } from '../machine/page-state.ts';
import { NONE } from '../machine/page-table.ts';
import { pageAt, type Space } from '../machine/space.ts';
import { KSWAPD, NOT_RECLAIMING, type Task, type WritebackControl } from '../machine/task.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';

/** A bio takes 1024 sectors: bio_add_page() honours the queue's limit (model.md §4.4). */
const RUN_MAX_SECTORS = 1024;

interface PagesFrame extends Frame {
  readonly space: number;
  /** Next page to look at, last page of the pass (inclusive), and where the next cyclic walk will start. */
  index: Pages;
  end: Pages;
  doneIndex: Pages;
  /** Where a cyclic walk began: its second pass ends before it. */
  readonly startIndex: Pages;
  secondPass: boolean;
  done: boolean;
  nrToWrite: number;
  written: Pages;
  /** Locked pages cleared for I/O, ascending without a gap, and the index of the last. Never held across a sleep. */
  run: Pfn[];
  runEnd: Pages;
  /** The page it waits for. */
  pfn: Pfn;
}
const at = steps('gather', 'lock page', 'page locked', 'submit', 'submitted');

/**
 * write_cache_pages(): R5.19. Dirty pages of the file in ascending order, cyclic or in the range of t.wbc, handed to the
 * filesystem in runs. Answers the pages written. May block.
 * @remarks Not modelled: the look-up in groups of 14. mpage holds a growing bio's pages unlocked and under writeback;
 * here they are locked, which nobody can see as no time passes meanwhile.
 */
export function writeCachePages(_k: Kernel, t: Task, space: Space): number {
  const { wbc } = t;
  if (wbc.nrToWrite <= 0) return 0; // do_writepages()
  const startIndex = wbc.rangeCyclic ? space.writebackIndex : wbc.rangeStart;
  if (space.dirtyTag.count === 0) {
    if (wbc.rangeCyclic || isWholeRange(wbc)) space.writebackIndex = 0;
    return 0;
  }
  return enter(t, writeCachePagesFunction, {
    space: space.id,
    index: startIndex,
    end: wbc.rangeCyclic ? Infinity : wbc.rangeEnd,
    doneIndex: startIndex,
    startIndex,
    secondPass: !wbc.rangeCyclic || startIndex === 0,
    done: false,
    nrToWrite: wbc.nrToWrite,
    written: 0,
    run: [],
    runEnd: NONE,
    pfn: NONE,
  });
}

function isWholeRange(wbc: WritebackControl): boolean {
  return wbc.rangeStart === 0 && wbc.rangeEnd === Infinity;
}

/** Takes pages into the run until the run is complete, a page must be waited for, or the walk is over. */
function gather(k: Kernel, f: PagesFrame, t: Task): Next {
  const space = k.space(f.space);
  const { pages } = k;
  const runMax = RUN_MAX_SECTORS / space.sectorsPerPage;
  while (!f.done) {
    const index = nextBit(space.dirtyTag, f.index);
    const isPassOver = index < 0 || index > f.end;
    if (f.run.length > 0 && (isPassOver || index !== f.runEnd + 1 || f.run.length === runMax))
      return goto(t, at.submit);
    if (isPassOver) {
      endPass(f);
      continue;
    }
    const pfn = pageAt(space, index);
    if (pages.isLocked(pfn) || (t.wbc.syncAll && pages.isUnderWriteback(pfn))) {
      if (f.run.length > 0) return goto(t, at.submit); // nothing of ours may be held back while we sleep
      f.index = index;
      f.pfn = pfn;
      pages.columns.pins[pfn]!++;
      return goto(t, at['lock page']);
    }
    trylockPage(k, t, pfn);
    take(k, f, t, index, pfn);
  }
  return f.run.length > 0 ? goto(t, at.submit) : finish(k, f, t);
}

/** The end of the file or range: a cyclic walk goes on from page 0 up to where it began, once. */
function endPass(f: PagesFrame): void {
  f.done = f.secondPass;
  if (f.done) return;
  f.secondPass = true;
  f.index = 0;
  f.doneIndex = 0;
  f.end = f.startIndex - 1;
}

/** A page whose lock we hold: into the run, or left alone. */
function take(k: Kernel, f: PagesFrame, t: Task, index: Pages, pfn: Pfn): void {
  f.index = index + 1;
  f.doneIndex = index + 1;
  // Not dirty: somebody wrote it for us. Under writeback: the next walk will find it, if this is not for integrity.
  if (!k.pages.isDirty(pfn) || k.pages.isUnderWriteback(pfn)) {
    unlockPage(k, pfn);
    return;
  }
  clearPageDirtyForIo(k, pfn);
  if (isReclaiming(t) && k.pages.columns.isolatedBy[pfn] !== t.id) markSurplus(k, pfn);
  f.run.push(pfn);
  f.runEnd = index;
  f.written++;
  if (f.nrToWrite > 0) f.nrToWrite--;
  if (f.nrToWrite === 0 && !t.wbc.syncAll) f.done = true;
}

function isReclaiming(t: Task): boolean {
  return t.kind === KSWAPD || t.reclaiming !== NOT_RECLAIMING;
}

/** The lock is ours after a wait: it may be another page by now, or clean. */
function pageLocked(k: Kernel, f: PagesFrame, t: Task): Next {
  const { pfn } = f;
  const { pages } = k;
  const isStillThere = pageAt(k.space(f.space), f.index) === pfn;
  if (isStillThere && t.wbc.syncAll && pages.isDirty(pfn) && pages.isUnderWriteback(pfn))
    return waitOnPageWriteback(k, t, pfn, at['page locked']);
  pages.columns.pins[pfn]!--;
  f.pfn = NONE;
  if (isStillThere) take(k, f, t, f.index, pfn);
  else {
    f.index++;
    pages.setContended(pfn); // a reset of the frame forgot who else waits for it
    unlockPage(k, pfn);
  }
  return goto(t, at.gather);
}

function finish(k: Kernel, f: PagesFrame, t: Task): Next {
  const { wbc } = t;
  if (wbc.rangeCyclic || (isWholeRange(wbc) && f.nrToWrite > 0)) k.space(f.space).writebackIndex = f.doneIndex;
  wbc.nrToWrite = f.nrToWrite;
  return ret(t, f.written);
}

const writeCachePagesFunction = kernelFunction<PagesFrame, keyof typeof at>('write_cache_pages', ASSUMED_BYTES, at, {
  gather,
  'lock page': (k, f, t) => lockPage(k, t, f.pfn, at['lock page'], at['page locked']),
  'page locked': pageLocked,
  submit: (k, f, t) => {
    const { run } = f;
    f.run = []; // the filesystem owns the array from here on
    return andThen(t, f, at.submitted, k.call.writeRun(k, t, k.space(f.space), run));
  },
  submitted: (k, _f, t) => k.sched.payCpu(t, at.gather),
});
