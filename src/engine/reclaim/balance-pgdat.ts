import { congestionWait, NAP_100MS } from '../machine/congestion.ts';
import { EMPTY_PASS_NS } from '../machine/costs.ts';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { zoneWatermarkOk } from '../machine/zone.ts';
import { andThen, enter, type Frame, goto, ret, steps } from '../sim/kthread.ts';
import { DEF_PRIORITY, NAP_BELOW_PRIORITY, SWAP_CLUSTER_MAX } from './limits.ts';
import { memCgroupSoftLimitReclaim } from './memcg-soft-limit.ts';
import { wakeThrottled } from './reserve.ts';
import { inactiveIsLow, lruSetOf, reclaimablePages } from './scan-count.ts';
import { shrinkActiveList } from './shrink-active.ts';
import { shrinkZone } from './shrink-zone.ts';
import { forgetTail } from './tail.ts';

/** kswapd's run until the zone is above high: vmscan.c balance_pgdat(), model.md R3.30, for one zone. Answers the order done. */
export function balancePgdat(_k: Kernel, t: Task, order: number): number {
  t.sc.order = order;
  return enter(t, balance, { allOk: true, underMin: false });
}

interface Balance extends Frame {
  allOk: boolean;
  underMin: boolean;
}
const at = steps('again', 'priority', 'zone', 'softLimit', 'shrunk', 'passDone', 'nextPriority', 'out');

const balance = kernelFunction<Balance, keyof typeof at>('balance_pgdat', ASSUMED_BYTES, at, {
  again: (k, _f, t) => {
    Object.assign(t.sc, {
      gfp: GFP_KERNEL,
      memcg: 0,
      priority: DEF_PRIORITY,
      nrToReclaim: Infinity,
      nrScanned: 0,
      nrReclaimed: 0,
      totalScanned: 0,
      maySwap: true,
      mayWritepage: !k.sysctl.laptopMode,
    });
    k.vm[VM.pageoutrun]!++;
    return goto(t, at.priority);
  },
  priority: (k, f, t) => {
    const { sc } = t;
    f.allOk = true;
    f.underMin = false;
    if (skipsZone(k, t)) return goto(t, at.out); // no zone to work on
    if (inactiveIsLow(k, lruSetOf(k, sc), sc, false))
      return andThen(t, f, at.zone, shrinkActiveList(k, t, SWAP_CLUSTER_MAX, false));
    return goto(t, at.zone);
  },
  zone: (k, f, t) => {
    const { zone } = k;
    if (zoneWatermarkOk(zone.buddy, t.sc.order, zone.high)) {
      forgetTail(k);
      return goto(t, at.out);
    }
    t.sc.nrScanned = 0;
    return andThen(t, f, at.softLimit, memCgroupSoftLimitReclaim(k, t, t.sc.order, t.sc.gfp));
  },
  softLimit: (k, f, t) => {
    const { zone } = k;
    const enough = k.policy.kswapdGap.mark(zone.high, zone.low, zone.presentPages);
    if (zoneWatermarkOk(zone.buddy, t.sc.order, enough)) return goto(t, at.shrunk);
    return andThen(t, f, at.shrunk, shrinkZone(k, t));
  },
  shrunk: (k, f, t) => {
    noteZone(k, f, t);
    return goto(t, f.allOk ? at.out : at.passDone);
  },
  passDone: (k, f, t) => {
    const { sc } = t;
    if (k.policy.reclaimNaps.leavesReserveToKswapd) wakeThrottled(k);
    if (k.policy.reclaimNaps.kswapd && sc.totalScanned > 0 && sc.priority < NAP_BELOW_PRIORITY) {
      if (!f.underMin) return congestionWait(k, t, NAP_100MS, at.nextPriority);
      k.vm[VM.kswapd_skip_congestion_wait]!++;
    }
    return goto(t, at.nextPriority);
  },
  nextPriority: (_k, _f, t) => {
    const { sc } = t;
    if (sc.nrReclaimed >= SWAP_CLUSTER_MAX || sc.priority === 0) return goto(t, at.out);
    sc.priority--;
    return goto(t, at.priority);
  },
  out: (k, f, t) => {
    k.vm[VM.kswapd_pages_reclaimed]! += t.sc.nrReclaimed;
    if (f.allOk) return ret(t, t.sc.order);
    if (t.sc.nrReclaimed < SWAP_CLUSTER_MAX) t.sc.order = 0; // gives the high order up
    return k.sched.spend(t, EMPTY_PASS_NS, at.again);
  },
});

function skipsZone(k: Kernel, t: Task): boolean {
  return k.zone.allUnreclaimable && t.sc.priority !== DEF_PRIORITY;
}

/** What follows shrink_zone() in the loop: the zone may be given up, writing turned on, and the marks are tested. */
function noteZone(k: Kernel, f: Balance, t: Task): void {
  const { zone } = k;
  const { sc } = t;
  sc.totalScanned += sc.nrScanned;
  // Flagged before: the tests below are skipped, and all_ok stays set: else kswapd would never sleep again.
  if (zone.allUnreclaimable) return;
  if (zone.pagesScanned >= 6 * reclaimablePages(k)) zone.allUnreclaimable = true;
  if (sc.totalScanned > SWAP_CLUSTER_MAX * 2 && sc.totalScanned > sc.nrReclaimed + Math.floor(sc.nrReclaimed / 2))
    sc.mayWritepage = true;
  if (zoneWatermarkOk(zone.buddy, sc.order, zone.high)) {
    forgetTail(k);
    return;
  }
  f.allOk = false;
  if (!zoneWatermarkOk(zone.buddy, sc.order, zone.min)) f.underMin = true;
}
