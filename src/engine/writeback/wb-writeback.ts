import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Ns, Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { setWbc, type Task, type WritebackControl } from '../machine/task.ts';
import { WAIT_INODE_SYNC } from '../machine/waits.ts';
import { type Wb, WORK_BACKGROUND, WORK_KUPDATE, WORK_PAGES } from '../machine/wb.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { writebackSbInodes } from './chunks.ts';
import { jiffiesNow, updateBandwidth } from './dirty-rate.ts';
import { queueIo } from './inode-placement.ts';
import { endMemcgBackground, isAnyMemcgOverBackground } from './memcg-dirty.ts';
import { isWbOverBackground } from './memcg-domain.ts';
import { writebackInodesWb } from './writeback-inodes.ts';

/** MAX_WRITEBACK_PAGES: a slice, whatever was asked for (N9). */
export const SLICE_PAGES = 1024;

interface WorkFrame extends Frame {
  readonly wb: number;
  readonly kind: number;
  /** What is left of the pages asked for; below 0 when a slice wrote more. */
  nrPages: Pages;
  wrote: Pages;
  /** The inode whose I_SYNC it waits for. */
  waitFor: number;
  readonly startJiffies: number;
}
const at = steps('slice', 'slice written', 'chunks written', 'wait for I_SYNC');

/** wb_writeback(): one work item in slices: R5.13, R5.15. Answers the pages written. May block. */
export function wbWriteback(k: Kernel, t: Task, wb: Wb, kind: number, nrPages: Pages): number {
  setWbc(t, {
    // Items from wakeup_flusher_threads() start every slice at page 0 of each file.
    rangeCyclic: kind !== WORK_PAGES,
    forKupdate: kind === WORK_KUPDATE,
    forBackground: kind === WORK_BACKGROUND,
    olderThanNs: olderThan(k, kind),
    wbStartNs: k.nowNs,
  });
  const { rangeCyclic, forKupdate, forBackground } = t.wbc;
  const [cyclic, kupdate, background] = [rangeCyclic, forKupdate, forBackground].map(Number);
  k.trace.emit(TRACE_ID.writebackExec, k.nowNs, t.id, wb.disk, nrPages, kupdate, cyclic, background);
  return enter(t, wbWritebackFunction, { wb: wb.id, kind, nrPages, wrote: 0, waitFor: 0, startJiffies: jiffiesNow(k) });
}

/** over_bground_thresh() of Thelen's series: all inodes, or those of groups over a background limit of their own; or none. */
function setUpBackground(k: Kernel, wb: Wb, wbc: WritebackControl): boolean {
  const isGlobal = isWbOverBackground(k, wb);
  if (!isGlobal) endMemcgBackground(k);
  wbc.forCgroup = !isGlobal && isAnyMemcgOverBackground(k);
  wbc.sharedInodes = wbc.forCgroup;
  return isGlobal || wbc.forCgroup;
}

/** Inodes dirtied later are none of the work's. */
function olderThan(k: Kernel, kind: number): Ns {
  return kind === WORK_KUPDATE ? k.nowNs - k.sysctl.dirtyExpireIntervalNs : Infinity;
}

function slice(k: Kernel, f: WorkFrame, t: Task): Next {
  const wb = k.m.wbs[f.wb]!;
  const { yieldsToWork, chunksByBandwidth } = k.policy.flusherWork;
  const isOpenEnded = f.kind === WORK_BACKGROUND || f.kind === WORK_KUPDATE;
  if (f.nrPages <= 0 || (isOpenEnded && yieldsToWork && wb.works.length > 0)) return endWork(k, f, t);
  if (f.kind === WORK_BACKGROUND && !setUpBackground(k, wb, t.wbc)) return endWork(k, f, t);
  t.wbc.pagesSkipped = 0;
  if (chunksByBandwidth) {
    if (wb.bIo.length === 0) queueIo(k, wb, f.kind === WORK_KUPDATE ? olderThan(k, f.kind) : k.nowNs, t.wbc);
    return andThen(t, f, at['chunks written'], writebackSbInodes(k, t, wb, f.nrPages));
  }
  t.wbc.moreIo = false;
  t.wbc.nrToWrite = SLICE_PAGES;
  return andThen(t, f, at['slice written'], writebackInodesWb(k, t, wb));
}

function sliceWritten(k: Kernel, f: WorkFrame, t: Task): Next {
  const written = SLICE_PAGES - t.wbc.nrToWrite;
  f.nrPages -= written;
  f.wrote += written;
  if (t.wbc.nrToWrite <= 0) return goto(t, at.slice);
  if (!t.wbc.moreIo) return endWork(k, f, t);
  return written > 0 ? goto(t, at.slice) : waitForInode(k, f, t);
}

function endWork(k: Kernel, f: WorkFrame, t: Task): Next {
  k.trace.emit(TRACE_ID.writebackPagesWritten, k.nowNs, t.id, f.wrote);
  return ret(t, f.wrote);
}

/** 3.2: as long as something is written there may be more. */
function chunksWritten(k: Kernel, f: WorkFrame, t: Task): Next {
  const written = t.ret;
  f.nrPages -= written;
  f.wrote += written;
  const wb = k.m.wbs[f.wb]!;
  updateBandwidth(k, k.m.bdis[wb.disk]!, f.startJiffies);
  if (written > 0) return goto(t, at.slice);
  return wb.bMoreIo.length === 0 ? endWork(k, f, t) : waitForInode(k, f, t);
}

/** Nothing could be written: somebody else has the inodes. */
function waitForInode(k: Kernel, f: WorkFrame, t: Task): Next {
  const oldest = k.m.wbs[f.wb]!.bMoreIo.at(-1);
  if (oldest === undefined) return goto(t, at.slice);
  f.waitFor = oldest;
  return goto(t, at['wait for I_SYNC']);
}

const wbWritebackFunction = kernelFunction<WorkFrame, keyof typeof at>('wb_writeback', ASSUMED_BYTES, at, {
  slice,
  'slice written': sliceWritten,
  'chunks written': chunksWritten,
  'wait for I_SYNC': (k, f, t) => {
    if (!k.space(f.waitFor).underSync) return goto(t, at.slice);
    return k.sched.sleep(t, WAIT_INODE_SYNC, f.waitFor, 0, at['wait for I_SYNC']);
  },
});
