import { GFP_FS } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { TASK, type Task } from '../machine/task.ts';
import { WAIT_KSWAPD, WAIT_PFMEMALLOC } from '../machine/waits.ts';
import { enter, type Frame, type Next, ret, steps } from '../sim/kthread.ts';

// 3.6: who would reclaim with the emergency reserve half gone leaves it to kswapd (model.md §9.2).

/** pfmemalloc_watermark_ok(): more than half of min is free. kswapd has to be awake otherwise. */
function isReserveOk(k: Kernel): boolean {
  if (k.buddy.freePages > Math.floor(k.zone.min / 2)) return true;
  k.sched.wakeAll(WAIT_KSWAPD, 0);
  return false;
}

/**
 * throttle_direct_reclaim(): a user's task waits for kswapd, without __GFP_FS for a second at most. A task being killed does
 * not wait: with the model's OOM killer it has ended by then. May block.
 */
export function throttleDirectReclaim(k: Kernel, t: Task): number {
  return t.kind === TASK && isThrottled(k) ? enter(t, throttleFunction, {}) : 0;
}

function isThrottled(k: Kernel): boolean {
  return k.policy.reclaimNaps.leavesReserveToKswapd && !isReserveOk(k);
}

const at = steps('wait', 'woken');
const throttleFunction = kernelFunction<Frame, keyof typeof at>('throttle_direct_reclaim', ASSUMED_BYTES, at, {
  wait: (k, _f, t) => sleepUntilRefilled(k, t),
  woken: (k, _f, t) => (t.timedOut || !isThrottled(k) ? ret(t, 0) : sleepUntilRefilled(k, t)),
});

function sleepUntilRefilled(k: Kernel, t: Task): Next {
  const timeoutNs = (t.sc.gfp & GFP_FS) === 0 ? 1e9 : 0;
  return k.sched.sleep(t, WAIT_PFMEMALLOC, 0, timeoutNs, at.woken);
}

/** kswapd has brought the reserve back. */
export function wakeThrottled(k: Kernel): void {
  if (isReserveOk(k)) k.sched.wakeAll(WAIT_PFMEMALLOC, 0);
}

/** prepare_kswapd_sleep(): kswapd does not go to sleep over somebody who waits for it. Answers whether there was one. */
export function wakeAllThrottled(k: Kernel): boolean {
  return k.sched.wakeAll(WAIT_PFMEMALLOC, 0) > 0;
}
