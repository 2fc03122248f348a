import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Ns } from '../../abi/units.ts';
import { NAP_100MS, napNs } from '../machine/congestion.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_KSWAPD } from '../machine/waits.ts';
import { zoneWatermarkOk } from '../machine/zone.ts';
import { andThen, type Frame, goto, type Next, steps } from '../sim/kthread.ts';
import { balancePgdat } from './balance-pgdat.ts';
import { wakeAllThrottled } from './reserve.ts';

/** vmscan.c wakeup_kswapd(): model.md R3.33. The tracepoint fires for every request, asleep or not. */
export function wakeupKswapd(k: Kernel, t: Task, order: number, gfp: number): void {
  const { zone, kswapd } = k.m;
  if (zoneWatermarkOk(zone.buddy, order, zone.low)) return;
  if (kswapd.maxOrder < order) kswapd.maxOrder = order;
  k.trace.emit(TRACE_ID.wakeupKswapd, k.nowNs, t.id, 0, 0, order, gfp);
  k.vm[VM.kswapd_wake_requests]!++;
  k.sched.wakeAll(WAIT_KSWAPD, 0);
}

export interface Kswapd extends Frame {
  order: number;
  /** Start of the present stretch awake; -1 when in its full sleep. */
  awakeSinceNs: Ns;
}
export function createKswapdFrame(): Kswapd {
  return { order: 0, awakeSinceNs: -1 };
}
const at = steps('decide', 'napped', 'sleepFully', 'run', 'balanced');

/** The thread itself: vmscan.c kswapd(), model.md R3.34. */
export const kswapdMain = kernelFunction<Kswapd, keyof typeof at>('kswapd', ASSUMED_BYTES, at, {
  decide: (k, f, t) => {
    const wanted = k.m.kswapd.maxOrder;
    k.m.kswapd.maxOrder = 0;
    if (f.order < wanted) {
      f.order = wanted; // a larger order was asked for meanwhile: run again at once
      return goto(t, at.run);
    }
    if (sleepingPrematurely(k, f.order)) {
      k.vm[VM.kswapd_high_wmark_hit_quickly]!++;
      return takeOrder(k, f, t);
    }
    return k.sched.sleep(t, WAIT_KSWAPD, 0, napNs(k, NAP_100MS), at.napped);
  },
  napped: (k, f, t) => {
    if (t.timedOut && !sleepingPrematurely(k, f.order)) return goto(t, at.sleepFully);
    k.vm[t.timedOut ? VM.kswapd_high_wmark_hit_quickly : VM.kswapd_low_wmark_hit_quickly]!++;
    return takeOrder(k, f, t);
  },
  sleepFully: (k, f, t) => {
    k.trace.emit(TRACE_ID.kswapdSleep, k.nowNs, t.id, 0);
    if (f.awakeSinceNs >= 0) k.vm[VM.kswapd_awake_ns]! += k.nowNs - f.awakeSinceNs;
    f.awakeSinceNs = -1;
    return k.sched.sleep(t, WAIT_KSWAPD, 0, 0, at.run);
  },
  run: (k, f, t) => {
    if (f.awakeSinceNs < 0) {
      f.awakeSinceNs = k.nowNs;
      f.order = Math.max(0, k.m.kswapd.maxOrder);
      k.vm[VM.kswapd_wakeups]!++;
    }
    k.trace.emit(TRACE_ID.kswapdWake, k.nowNs, t.id, 0, f.order);
    return andThen(t, f, at.balanced, balancePgdat(k, t, f.order));
  },
  balanced: (_k, _f, t) => goto(t, at.decide),
});

function takeOrder(k: Kernel, f: Kswapd, t: Task): Next {
  f.order = k.m.kswapd.maxOrder;
  return goto(t, at.run);
}

/** sleeping_prematurely(): a zone flagged all_unreclaimable counts as fine (R3.34). */
function sleepingPrematurely(k: Kernel, order: number): boolean {
  const { zone } = k;
  if (wakeAllThrottled(k)) return true;
  return !zone.allUnreclaimable && !zoneWatermarkOk(zone.buddy, order, zone.high);
}
