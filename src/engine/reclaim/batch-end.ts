import type { Pages } from '../../abi/units.ts';
import { NAP_100MS, waitIffCongested } from '../machine/congestion.ts';
import type { Kernel } from '../machine/kernel.ts';
import { reclaimThrottle, THROTTLE_WRITEBACK } from '../machine/reclaim-throttle.ts';
import type { Task } from '../machine/task.ts';
import { andThen, type Frame, goto, type Next } from '../sim/kthread.ts';
import { DEF_PRIORITY } from './limits.ts';

/** A batch of shrink_inactive_list(): its size, and the task's counts before it. */
export interface BatchCounts extends Frame {
  taken: Pages;
  writebackBefore: Pages;
  unqueuedBefore: Pages;
}

/** What follows a batch in the kernels after the series: the flusher is woken (§9.4), or the reclaimer naps (§9.2). */
export function endBatch(k: Kernel, f: BatchCounts, t: Task, next: number): Next {
  const { sc } = t;
  const { reclaimNaps, flusherKick } = k.policy;
  if (flusherKick.afterDirtyBatch && sc.nrUnqueuedDirty - f.unqueuedBefore === f.taken) {
    k.call.wakeupFlusherThreads(k, 0);
    if (sc.memcg !== 0 && reclaimNaps.throttles) return andThen(t, f, next, reclaimThrottle(t, THROTTLE_WRITEBACK));
  }
  const written = sc.nrWriteback - f.writebackBefore;
  if (reclaimNaps.afterWritebackBatch && written > 0 && written >= f.taken >> (DEF_PRIORITY - sc.priority))
    return waitIffCongested(k, t, NAP_100MS, next);
  return goto(t, next);
}
