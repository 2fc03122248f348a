import { TRACE_ID } from '../../abi/tracepoints.ts';
import { US } from '../../abi/units.ts';
import { enter, type Frame, ret, steps } from '../sim/kthread.ts';
import { jiffiesToNs } from './config.ts';
import type { Kernel } from './kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from './kernel-function.ts';
import type { Task } from './task.ts';
import { VM } from './vmstat.ts';
import { WAIT_RECLAIM } from './waits.ts';

// vmscan.c reclaim_throttle() of 6.1 (model.md §9.4): why a reclaimer stalls, for how long at most, and what ends it sooner.

/** Enough pages have been written: 32 for each that stalls. 100 ms. */
export const THROTTLE_WRITEBACK = 0;
/** Somebody else's reclaim goes well. 1 jiffy. */
export const THROTTLE_NOPROGRESS = 1;
/** Fewer pages are isolated. 20 ms. */
export const THROTTLE_ISOLATED = 2;
/** The tail is no longer full of pages met before. 1 jiffy. */
export const THROTTLE_CONGESTED = 3;

/** SWAP_CLUSTER_MAX. */
const PAGES_PER_SLEEPER = 32;

interface ThrottleFrame extends Frame {
  readonly reason: number;
}
const at = steps('sleep', 'woken');

/** Stalls; whether it is worth it is the caller's to ask. May block. */
export function reclaimThrottle(t: Task, reason: number): number {
  return enter(t, throttleFunction, { reason });
}

const throttleFunction = kernelFunction<ThrottleFrame, keyof typeof at>('reclaim_throttle', ASSUMED_BYTES, at, {
  sleep: (k, f, t) => {
    const { zone } = k;
    const { hz } = k.m.config;
    if (f.reason === THROTTLE_WRITEBACK && zone.writebackThrottled++ === 0)
      zone.throttledSince = k.vm[VM.pages_completed]!;
    return k.sched.sleep(t, WAIT_RECLAIM, f.reason, jiffiesToNs(timeoutJiffies(f.reason, hz), hz), at.woken);
  },
  woken: (k, f, t) => {
    if (f.reason === THROTTLE_WRITEBACK) k.zone.writebackThrottled--;
    noteThrottled(k, f, t);
    return ret(t, 0);
  },
});

function noteThrottled(k: Kernel, { reason }: ThrottleFrame, t: Task): void {
  const { hz } = k.m.config;
  const timeoutUs = jiffiesToNs(timeoutJiffies(reason, hz), hz) / US;
  k.trace.emit(TRACE_ID.throttled, k.nowNs, t.id, 0, timeoutUs, Math.floor((k.nowNs - t.sleptAtNs) / US), reason);
}

function timeoutJiffies(reason: number, hz: number): number {
  if (reason === THROTTLE_WRITEBACK) return Math.floor(hz / 10);
  return reason === THROTTLE_ISOLATED ? Math.floor(hz / 50) : 1;
}

/** __acct_reclaim_writeback(): a page was written while somebody stalls for that. */
export function acctReclaimWriteback(k: Kernel): void {
  const { writebackThrottled, throttledSince } = k.zone;
  if (k.vm[VM.pages_completed]! - throttledSince > PAGES_PER_SLEEPER * writebackThrottled)
    wakeThrottledFor(k, THROTTLE_WRITEBACK);
}

export function wakeThrottledFor(k: Kernel, reason: number): void {
  k.sched.wakeAll(WAIT_RECLAIM, reason);
}
