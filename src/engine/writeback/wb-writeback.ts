import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { setWbc, type Task } from '../machine/task.ts';
import { WAIT_INODE_SYNC } from '../machine/waits.ts';
import { type Wb, WORK_BACKGROUND, WORK_KUPDATE, WORK_PAGES } from '../machine/wb.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { isOverBackground } from './limits.ts';
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
}
const at = steps('slice', 'slice written', 'wait for I_SYNC');

/** wb_writeback(): one work item in slices: R5.13, R5.15. Answers the pages written. May block. */
export function wbWriteback(k: Kernel, t: Task, wb: Wb, kind: number, nrPages: Pages): number {
  setWbc(t, {
    // Items from wakeup_flusher_threads() start every slice at page 0 of each file.
    rangeCyclic: kind !== WORK_PAGES,
    forKupdate: kind === WORK_KUPDATE,
    forBackground: kind === WORK_BACKGROUND,
    olderThanNs: kind === WORK_KUPDATE ? k.nowNs - k.sysctl.dirtyExpireIntervalNs : Infinity,
  });
  return enter(t, wbWritebackFunction, { wb: wb.id, kind, nrPages, wrote: 0, waitFor: 0 });
}

function slice(k: Kernel, f: WorkFrame, t: Task): Next {
  if (f.nrPages <= 0 || (f.kind === WORK_BACKGROUND && !isOverBackground(k))) return ret(t, f.wrote);
  t.wbc.moreIo = false;
  t.wbc.nrToWrite = SLICE_PAGES;
  t.wbc.pagesSkipped = 0;
  return andThen(t, f, at['slice written'], writebackInodesWb(k, t, k.m.wbs[f.wb]!));
}

function sliceWritten(k: Kernel, f: WorkFrame, t: Task): Next {
  const written = SLICE_PAGES - t.wbc.nrToWrite;
  f.nrPages -= written;
  f.wrote += written;
  if (t.wbc.nrToWrite <= 0) return goto(t, at.slice);
  if (!t.wbc.moreIo) return ret(t, f.wrote);
  const oldest = k.m.wbs[f.wb]!.bMoreIo.at(-1);
  if (written > 0 || oldest === undefined) return goto(t, at.slice);
  f.waitFor = oldest; // nothing could be written: somebody else has the inodes
  return goto(t, at['wait for I_SYNC']);
}

const wbWritebackFunction = kernelFunction<WorkFrame, keyof typeof at>('wb_writeback', ASSUMED_BYTES, at, {
  slice,
  'slice written': sliceWritten,
  'wait for I_SYNC': (k, f, t) => {
    if (!k.space(f.waitFor).underSync) return goto(t, at.slice);
    return k.sched.sleep(t, WAIT_INODE_SYNC, f.waitFor, 0, at['wait for I_SYNC']);
  },
});
