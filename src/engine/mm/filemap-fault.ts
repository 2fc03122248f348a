import type { Pages, Pfn } from '../../abi/units.ts';
import { TOUCH_NS } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { noteTouch } from '../machine/memcg.ts';
import { lockPage, trylockPage, unlockPage } from '../machine/page-lock.ts';
import { setPageDirty } from '../machine/page-state.ts';
import { NONE } from '../machine/page-table.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { pageAt, type Space } from '../machine/space.ts';
import { readaheadOf, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { ASLEEP, andThen, BLOCKED, enter, type Frame, GO_ON, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { readaheadMax, readPagesAhead } from './readahead.ts';

/**
 * A load or store through the task's mapping of a file. A hit is the MMU's business: young bit, dirty bit, no kernel.
 * Otherwise the page fault: memory.c __do_fault(), do_wp_page(), filemap.c filemap_fault(). Answers 0; may block.
 */
export function touchMapped(k: Kernel, t: Task, space: Space, index: Pages, store: boolean): number {
  const { pages } = k;
  noteTouch(k, t);
  const pfn = pageAt(space, index);
  t.cpuDebtNs += TOUCH_NS;
  if (pfn !== NONE && pages.isMapped(pfn)) {
    if (!store) {
      pages.setYoung(pfn);
      return 0;
    }
    if (pages.isPteWritable(pfn)) {
      pages.setPteStored(pfn);
      pages.columns.version[pfn]!++;
      return 0;
    }
  }
  k.vm[VM.pgfault]!++;
  return enter(t, fault, { space: space.id, index, store, pfn: NONE });
}

interface Fault extends Frame {
  space: number;
  index: Pages;
  store: boolean;
  /** Page pinned while its lock is awaited. */
  pfn: Pfn;
}
const at = steps('find', 'readIn', 'wait', 'locked', 'end');

const fault = kernelFunction<Fault, keyof typeof at>('filemap_fault', ASSUMED_BYTES, at, {
  find,
  readIn: (k, f, t) => (t.ret === NO_PAGE ? ret(t, 0) : waitWhenPaid(k, f, t)),
  wait,
  locked: (k, f, t) => {
    const { pfn } = f;
    unpin(k, f);
    return mapIfThere(k, f, t, pfn);
  },
  end: leave,
});

/** Where the page is not cached, it is read in, with the aligned window of 32 pages around it unless the hint is random. */
function find(k: Kernel, f: Fault, t: Task): Next {
  const space = k.space(f.space);
  if (pageAt(space, f.index) !== NONE) return wait(k, f, t);
  k.vm[VM.pgmajfault]!++;
  t.cpuDebtNs += k.zeroPageNs;
  const { random } = readaheadOf(t, f.space);
  const window = random ? 1 : readaheadMax(k); // read-around: the aligned window
  const answer = readPagesAhead(k, t, space, f.index - (f.index % window), window, -1);
  return answer === 0 ? waitWhenPaid(k, f, t) : andThen(t, f, at.readIn, answer);
}

function waitWhenPaid(k: Kernel, f: Fault, t: Task): Next {
  return k.sched.payCpu(t, at.wait) === GO_ON ? wait(k, f, t) : ASLEEP;
}

/** lock_page_or_retry(): the lock comes when the read is over. The page is looked up anew each time. */
function wait(k: Kernel, f: Fault, t: Task): Next {
  unpin(k, f);
  const pfn = pageAt(k.space(f.space), f.index);
  if (pfn === NONE) return goto(t, at.find);
  if (trylockPage(k, t, pfn)) return mapIfThere(k, f, t, pfn);
  f.pfn = pfn;
  k.pages.columns.pins[pfn]!++;
  return lockPage(k, t, pfn, at.wait, at.locked);
}

function mapIfThere(k: Kernel, f: Fault, t: Task, pfn: Pfn): Next {
  if (pageAt(k.space(f.space), f.index) === pfn && k.pages.isUptodate(pfn)) return mapLocked(k, f, t, pfn);
  unlockPage(k, pfn); // truncated while we waited
  return goto(t, at.wait);
}

function leave(k: Kernel, _f: Fault, t: Task): Next {
  return k.sched.payCpu(t, at.end) === GO_ON ? ret(t, 0) : ASLEEP;
}

/** The pte is made, young; a store goes through page_mkwrite: dirty under the lock, then the dirtier's duty (R5.1). */
function mapLocked(k: Kernel, f: Fault, t: Task, pfn: Pfn): Next {
  const { pages } = k;
  pages.map(pfn, f.store, t.memcg);
  if (!f.store) {
    unlockPage(k, pfn);
    return leave(k, f, t);
  }
  pages.setPteStored(pfn);
  pages.columns.version[pfn]!++;
  setPageDirty(k, t, pfn);
  unlockPage(k, pfn);
  const answer = k.call.balanceDirtyPagesRatelimited(k, t, k.space(f.space));
  return answer === BLOCKED ? andThen(t, f, at.end, answer) : leave(k, f, t);
}

function unpin(k: Kernel, f: Fault): void {
  if (f.pfn === NONE) return;
  k.pages.columns.pins[f.pfn]!--;
  f.pfn = NONE;
}
