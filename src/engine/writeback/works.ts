import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_FLUSHER } from '../machine/waits.ts';
import { type Wb, WORK_BACKGROUND, WORK_PAGES } from '../machine/wb.ts';

/**
 * bdi_alloc_queue_work(): the list is unbounded and no item is prioritised (R3.28, R5.21).
 * @remarks Not modelled: a failing allocation of the item, after which the flusher is only woken.
 */
function queueWork(k: Kernel, wb: Wb, kind: number, nrPages: Pages): void {
  wb.works.push({ kind, nrPages });
  wakeFlusher(k, wb);
}

function wakeFlusher(k: Kernel, wb: Wb): void {
  k.sched.wakeAll(WAIT_FLUSHER, wb.id);
}

/** writeback_in_progress(): there is no need to ask for background work. */
export function isWritebackInProgress(k: Kernel, wb: Wb): boolean {
  return wb.works.length > 0 || (k.policy.flusherWork.runningIsInProgress && wb.running);
}

/**
 * bdi_start_writeback() for the background threshold: goes on until dirty falls below it (R5.13). From 2.6.38 on the flusher
 * is only woken: it looks at the threshold itself (§9.1).
 */
export function startBackgroundWriteback(k: Kernel, wb: Wb): void {
  if (k.policy.flusherWork.queuesBackground) queueWork(k, wb, WORK_BACKGROUND, Infinity);
  else wakeFlusher(k, wb);
}

/**
 * wakeup_flusher_threads(): every call queues one more item, however many wait already (R3.28). 0 pages: all dirty ones. 6.1
 * always asks for all of them, and for no more while such a wish is pending (§9.4).
 */
export function wakeupFlusherThreads(k: Kernel, nrPages: Pages): void {
  for (const wb of k.m.wbs) {
    if (!hasDirtyInodes(k, wb)) continue;
    if (k.policy.flusherWork.startsAll) startAll(k, wb);
    else queueWork(k, wb, WORK_PAGES, nrPages === 0 ? k.vm[VM.nr_file_dirty]! : nrPages);
  }
}

/** wb_start_writeback(). */
function startAll(k: Kernel, wb: Wb): void {
  if (wb.startAll) return;
  wb.startAll = true;
  wakeFlusher(k, wb);
}

/** wb_has_dirty_io(). An inode under I_SYNC counts: it is on b_io until it is placed anew. */
function hasDirtyInodes(k: Kernel, wb: Wb): boolean {
  if (wb.bDirty.length > 0 || wb.bIo.length > 0 || wb.bMoreIo.length > 0) return true;
  return k.m.spaces.some((space) => space.underSync && space.wb === wb.id);
}

/**
 * To be called when vm.dirty_writeback_centisecs has changed.
 * @remarks The kernel's flusher learns it when it wakes next; here it is woken, so that a knob acts at once.
 */
export function writebackIntervalChanged(k: Kernel): void {
  for (const wb of k.m.wbs) wakeFlusher(k, wb);
}
