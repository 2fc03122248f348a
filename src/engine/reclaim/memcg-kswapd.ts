import type { Ns } from '../../abi/units.ts';
import { congestionWait, NAP_100MS } from '../machine/congestion.ts';
import { EMPTY_PASS_NS } from '../machine/costs.ts';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { INACTIVE_FILE } from '../machine/lru.ts';
import { isBelowHighWmark } from '../machine/memcg.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_MEMCG_KSWAPD } from '../machine/waits.ts';
import { andThen, type Frame, goto, type Next, steps } from '../sim/kthread.ts';
import { DEF_PRIORITY, NAP_BELOW_PRIORITY, SWAP_CLUSTER_MAX } from './limits.ts';
import { shrinkZone } from './shrink-zone.ts';

export interface MemcgKswapd extends Frame {
  /** Start of the present stretch awake; -1: asleep. */
  awakeSinceNs: Ns;
}
export function createMemcgKswapdFrame(): MemcgKswapd {
  return { awakeSinceNs: -1 };
}
const at = steps('begin', 'woken', 'again', 'priority', 'shrunk', 'nextPriority');

/**
 * The kswapd of the memory cgroup t.memcg: kswapd() and balance_mem_cgroup_pgdat() of "memcg: per cgroup background reclaim"
 * V6 (history.md §5.2). Woken above the low watermark it shrinks the group in batches of 32 until it is below the high one,
 * which is the lower of the two. It has no PF_MEMALLOC, and the rights of kswapd.
 * @remarks V6 as posted leaves the loop after one pass on a machine of one node: the node is taken off its list in any case.
 * Here it goes on as its changelog says, until a whole round of priorities frees nothing.
 */
export const memcgKswapdMain = kernelFunction<MemcgKswapd, keyof typeof at>('kswapd (memcg)', ASSUMED_BYTES, at, {
  begin: (k, f, t) => goToSleep(k, f, t),
  woken: (k, f, t) => {
    f.awakeSinceNs = k.nowNs;
    k.vm[VM.memcg_kswapd_wakeups]!++;
    return goto(t, at.again);
  },
  again: (k, _f, t) => {
    Object.assign(t.sc, {
      gfp: GFP_KERNEL,
      order: 0,
      memcg: t.memcg,
      priority: DEF_PRIORITY,
      nrToReclaim: SWAP_CLUSTER_MAX,
      nrScanned: 0,
      nrReclaimed: 0,
      totalScanned: 0,
      maySwap: true,
      mayWritepage: !k.sysctl.laptopMode,
    });
    return k.sched.spend(t, EMPTY_PASS_NS, at.priority);
  },
  priority: (k, f, t) => {
    t.sc.nrScanned = 0;
    return andThen(t, f, at.shrunk, hasReclaimable(k, t.memcg) ? shrinkZone(k, t) : 0);
  },
  shrunk: (k, f, t) => shrunk(k, f, t),
  nextPriority: (k, f, t) => {
    const { sc } = t;
    if (sc.nrReclaimed < SWAP_CLUSTER_MAX && sc.priority > 0) {
      sc.priority--;
      return goto(t, at.priority);
    }
    k.vm[VM.memcg_kswapd_pages_reclaimed]! += sc.nrReclaimed;
    return sc.nrReclaimed === 0 ? goToSleep(k, f, t) : goto(t, at.again);
  },
});

function shrunk(k: Kernel, f: MemcgKswapd, t: Task): Next {
  const { sc } = t;
  sc.totalScanned += sc.nrScanned;
  if (sc.totalScanned > 2 * SWAP_CLUSTER_MAX && sc.totalScanned > sc.nrReclaimed + Math.floor(sc.nrReclaimed / 2))
    sc.mayWritepage = true;
  if (isBelowHighWmark(k, t.memcg)) {
    k.vm[VM.memcg_kswapd_pages_reclaimed]! += sc.nrReclaimed;
    return goToSleep(k, f, t);
  }
  if (sc.totalScanned > 0 && sc.priority < NAP_BELOW_PRIORITY) return congestionWait(k, t, NAP_100MS, at.nextPriority);
  return goto(t, at.nextPriority);
}

function goToSleep(k: Kernel, f: MemcgKswapd, t: Task): Next {
  if (f.awakeSinceNs >= 0) k.vm[VM.memcg_kswapd_awake_ns]! += k.nowNs - f.awakeSinceNs;
  f.awakeSinceNs = -1;
  return k.sched.sleep(t, WAIT_MEMCG_KSWAPD, t.memcg, 0, at.woken);
}

/** mem_cgroup_zone_reclaimable_pages(). */
function hasReclaimable(k: Kernel, memcg: number): boolean {
  const { lengths } = k.m.memcgs[memcg]!.lru;
  for (let list = k.swap.freeSlots > 0 ? 0 : INACTIVE_FILE; list <= INACTIVE_FILE + 1; list++)
    if (lengths[list]! > 0) return true;
  return false;
}
