import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { SPACE_FILE } from '../machine/space.ts';
import { PF_SWAPWRITE, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_FLUSHER } from '../machine/waits.ts';
import { WORK_ALL, WORK_BACKGROUND, WORK_KUPDATE } from '../machine/wb.ts';
import { andThen, enter, type Frame, goto, type Next, steps } from '../sim/kthread.ts';
import { isAnyMemcgOverBackground } from './memcg-dirty.ts';
import { isWbOverBackground } from './memcg-domain.ts';
import { wbWriteback } from './wb-writeback.ts';

const at = steps('next work', 'start all', 'all started', 'old data', 'background', 'sleep');

/** Makes a flusher out of a fresh task: its whole life is bdi_writeback_task(). */
export function enterFlusher(t: Task, wb = 0): void {
  t.flags |= PF_SWAPWRITE;
  enter(t, flusherMain, { wb });
}

interface Flusher extends Frame {
  /** Row in Machine.wbs. */
  readonly wb: number;
}

/** wb_do_writeback(): the works in order of arrival. An item leaves the list when it is started, not when it is done. */
function nextWork(k: Kernel, f: Flusher, t: Task): Next {
  const wb = k.m.wbs[f.wb]!;
  wb.running = true;
  const work = wb.works.shift();
  if (work === undefined) return goto(t, at['start all']);
  return andThen(t, f, at['next work'], wbWriteback(k, t, wb, work.kind, work.nrPages));
}

/** wb_check_start_all() of 6.1: what wakeup_flusher_threads() asked for, once for all its callers (§9.4). */
function startAll(k: Kernel, f: Flusher, t: Task): Next {
  const wb = k.m.wbs[f.wb]!;
  if (!wb.startAll) return goto(t, at['old data']);
  return andThen(t, f, at['all started'], wbWriteback(k, t, wb, WORK_ALL, dirtyAndInodes(k)));
}

/** wb_check_old_data_flush(): kupdate, at most once per dirty_writeback_interval; 0 turns it off (R5.14). */
function oldData(k: Kernel, f: Flusher, t: Task): Next {
  const wb = k.m.wbs[f.wb]!;
  const intervalNs = k.sysctl.dirtyWritebackIntervalNs;
  if (intervalNs === 0 || k.nowNs < wb.lastOldFlushNs + intervalNs) return goto(t, at.background);
  wb.lastOldFlushNs = k.nowNs;
  return andThen(t, f, at.background, wbWriteback(k, t, wb, WORK_KUPDATE, dirtyAndInodes(k)));
}

/** get_nr_dirty_pages(). */
function dirtyAndInodes(k: Kernel): Pages {
  let inodesInUse = 0;
  for (const space of k.m.spaces) if (space.kind === SPACE_FILE) inodesInUse++;
  return k.vm[VM.nr_file_dirty]! + inodesInUse;
}

/** wb_check_background_flush() of 2.6.38: nobody has to ask for it (§9.1). */
function background(k: Kernel, f: Flusher, t: Task): Next {
  const hasWork = isWbOverBackground(k, k.m.wbs[f.wb]!) || isAnyMemcgOverBackground(k);
  if (k.policy.flusherWork.queuesBackground || !hasWork) return goto(t, at.sleep);
  return andThen(t, f, at.sleep, wbWriteback(k, t, k.m.wbs[f.wb]!, WORK_BACKGROUND, Infinity));
}

/**
 * bdi_writeback_task(): R5.14.
 * @remarks The kernel of that time lost a wake-up that came during kupdate and slept its 5 s over queued work; here, as
 * R5.14 says, queued work is never slept over. Not modelled: the thread's end after 5 idle minutes.
 */
export const flusherMain = kernelFunction<Flusher, keyof typeof at>('bdi_writeback_task', ASSUMED_BYTES, at, {
  'next work': nextWork,
  'start all': startAll,
  'all started': (k, f, t) => {
    k.m.wbs[f.wb]!.startAll = false;
    return goto(t, at['old data']);
  },
  'old data': oldData,
  background,
  sleep: (k, f, t) => {
    const wb = k.m.wbs[f.wb]!;
    wb.running = false;
    if (wb.works.length > 0 || wb.startAll) return goto(t, at['next work']);
    return k.sched.sleep(t, WAIT_FLUSHER, f.wb, k.sysctl.dirtyWritebackIntervalNs, at['next work']);
  },
});
