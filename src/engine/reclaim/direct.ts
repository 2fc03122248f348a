import { ACTOR } from '../../abi/actor.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Ns } from '../../abi/units.ts';
import { NAP_100MS, nap } from '../machine/congestion.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { NO_NAP } from '../machine/policy/reclaim-naps.ts';
import { directMayWritepage } from '../machine/policy/writes.ts';
import { NOT_RECLAIMING, type ScanControl, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { DEF_PRIORITY, NAP_BELOW_PRIORITY, SWAP_CLUSTER_MAX, WAKE_FLUSHER_AFTER } from './limits.ts';
import { memCgroupSoftLimitReclaim } from './memcg-soft-limit.ts';
import { throttleDirectReclaim } from './reserve.ts';
import { reclaimablePages } from './scan-count.ts';
import { shrinkZone } from './shrink-zone.ts';

/** vmscan.c try_to_free_pages(): direct reclaim in the allocating task (R3.27, N12). Answers pages freed or fake progress. */
export function tryToFreePages(k: Kernel, t: Task, order: number, gfp: number): number {
  const mayWritepage = directMayWritepage(k.policy) && !k.sysctl.laptopMode;
  k.vm[VM.allocstall]!++;
  k.trace.emit(TRACE_ID.directReclaimBegin, k.nowNs, t.id, order, mayWritepage ? 1 : 0, gfp);
  beginReclaim(t, ACTOR.DIRECT, { gfp, order, memcg: 0, mayWritepage });
  return enter(t, tryToFree, { beganNs: k.nowNs });
}

/** vmscan.c try_to_free_mem_cgroup_pages(): the limit was hit; no PF_MEMALLOC, no kswapd (R6.5). */
export function tryToFreeMemCgroupPages(k: Kernel, t: Task, memcg: number, gfp: number): number {
  // P6.1: patch 6 leaves this assignment as it is; row 11 then never asks it.
  const mayWritepage = !k.sysctl.laptopMode;
  k.trace.emit(TRACE_ID.memcgReclaimBegin, k.nowNs, t.id, 0, mayWritepage ? 1 : 0, gfp);
  beginReclaim(t, ACTOR.MEMCG, { gfp, order: 0, memcg, mayWritepage });
  k.vm[VM.memcg_reclaims]!++;
  return enter(t, tryToFreeMemcg, { beganNs: k.nowNs });
}

function beginReclaim(
  t: Task,
  actor: number,
  set: { gfp: number; order: number; memcg: number; mayWritepage: boolean },
): void {
  Object.assign(t.sc, set, {
    priority: DEF_PRIORITY,
    nrToReclaim: SWAP_CLUSTER_MAX,
    nrScanned: 0,
    nrReclaimed: 0,
    totalScanned: 0,
    maySwap: true,
  });
  t.reclaiming = actor;
}

interface Entry extends Frame {
  beganNs: Ns;
}
const entryAt = steps('begin', 'reclaim', 'end');

// 128 bytes: stack-traces.json.
const tryToFree = kernelFunction<Entry, keyof typeof entryAt>('try_to_free_pages', 128, entryAt, {
  begin: (k, f, t) => andThen(t, f, entryAt.reclaim, throttleDirectReclaim(k, t)),
  reclaim: (_k, f, t) => andThen(t, f, entryAt.end, enterDoTryToFree(t)),
  end: (k, f, t) => {
    const { nrReclaimed } = t.sc;
    k.trace.emit(TRACE_ID.directReclaimEnd, k.nowNs, t.id, nrReclaimed);
    k.vm[VM.direct_pages_reclaimed]! += nrReclaimed;
    return endReclaim(k, f, t, VM.direct_stall_ns);
  },
});

const tryToFreeMemcg = kernelFunction<Entry, keyof typeof entryAt>(
  'try_to_free_mem_cgroup_pages',
  ASSUMED_BYTES,
  entryAt,
  {
    begin: (_k, _f, t) => goto(t, entryAt.reclaim),
    reclaim: (_k, f, t) => andThen(t, f, entryAt.end, enterDoTryToFree(t)),
    end: (k, f, t) => {
      k.trace.emit(TRACE_ID.memcgReclaimEnd, k.nowNs, t.id, t.sc.nrReclaimed);
      k.vm[VM.memcg_pages_reclaimed]! += t.sc.nrReclaimed;
      k.m.memcgs[t.memcg]!.stalledNs += k.nowNs - f.beganNs;
      return endReclaim(k, f, t, VM.memcg_stall_ns);
    },
  },
);

function endReclaim(k: Kernel, f: Entry, t: Task, stallCounter: number): Next {
  const stalledNs = k.nowNs - f.beganNs;
  k.vm[stallCounter]! += stalledNs;
  t.stalledNs += stalledNs;
  t.reclaiming = NOT_RECLAIMING;
  return ret(t, t.ret);
}

const at = steps('priority', 'softLimit', 'shrunk', 'nextPriority', 'end');

function enterDoTryToFree(t: Task): number {
  return enter(t, doTryToFree, {});
}

/** do_try_to_free_pages(): model.md R3.27–R3.29; slab is 0 (S4). 112 bytes: stack-traces.json. */
const doTryToFree = kernelFunction<Frame, keyof typeof at>('do_try_to_free_pages', 112, at, {
  priority: (k, f, t) => {
    const { sc } = t;
    sc.nrScanned = 0;
    // shrink_zones(): a zone flagged all_unreclaimable is tried at the first priority only (R3.29).
    if (sc.memcg === 0 && k.zone.allUnreclaimable && sc.priority !== DEF_PRIORITY) return goto(t, at.shrunk);
    const isSoft = k.policy.softLimit.byDirectReclaim && sc.memcg === 0;
    return andThen(t, f, at.softLimit, isSoft ? memCgroupSoftLimitReclaim(k, t, sc.order, sc.gfp) : 0);
  },
  softLimit: (k, f, t) => andThen(t, f, at.shrunk, shrinkZone(k, t)),
  shrunk: (k, _f, t) => {
    const { sc } = t;
    sc.totalScanned += sc.nrScanned;
    if (sc.nrReclaimed >= sc.nrToReclaim) return goto(t, at.end);
    if (sc.totalScanned > WAKE_FLUSHER_AFTER) {
      if (k.policy.flusherKick.byScanned) k.call.wakeupFlusherThreads(k, k.sysctl.laptopMode ? 0 : sc.totalScanned);
      if (directMayWritepage(k.policy)) sc.mayWritepage = true;
    }
    const naps = sc.nrScanned > 0 && sc.priority < NAP_BELOW_PRIORITY;
    return nap(k, t, naps ? k.policy.reclaimNaps.betweenPriorities : NO_NAP, NAP_100MS, at.nextPriority);
  },
  nextPriority: (_k, _f, t) => {
    if (t.sc.priority === 0) return goto(t, at.end);
    t.sc.priority--;
    return goto(t, at.priority);
  },
  end: (k, _f, t) => ret(t, progressOf(k, t.sc)),
});

/** The target, or what the policy calls progress below it (R1.13). */
function progressOf(k: Kernel, { nrReclaimed, nrToReclaim, memcg }: ScanControl): number {
  if (nrReclaimed >= nrToReclaim) return nrReclaimed;
  const { zone } = k;
  return k.policy.reclaimProgress.of({
    freed: nrReclaimed,
    isGlobal: memcg === 0,
    isFlagged: zone.allUnreclaimable,
    hasMoreToScan: zone.pagesScanned < 6 * reclaimablePages(k),
    historicalBugs: k.sysctl.historicalBugs,
  });
}
