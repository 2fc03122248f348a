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
  k.sched.wakeAll(WAIT_FLUSHER, wb.id);
}

/** bdi_start_writeback() for the background threshold: goes on until dirty falls below it (R5.13). */
export function startBackgroundWriteback(k: Kernel, wb: Wb): void {
  queueWork(k, wb, WORK_BACKGROUND, Infinity);
}

/** wakeup_flusher_threads(): every call queues one more item, however many wait already (R3.28). 0 pages: all dirty ones. */
export function wakeupFlusherThreads(k: Kernel, nrPages: Pages): void {
  for (const wb of k.m.wbs)
    if (hasDirtyInodes(k, wb)) queueWork(k, wb, WORK_PAGES, nrPages === 0 ? k.vm[VM.nr_file_dirty]! : nrPages);
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
  for (const wb of k.m.wbs) k.sched.wakeAll(WAIT_FLUSHER, wb.id);
}
