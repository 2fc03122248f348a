import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { directMayWritepage } from '../machine/policy/writes.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, type Frame, ret, steps } from '../sim/kthread.ts';
import { SWAP_CLUSTER_MAX } from './limits.ts';
import { shrinkZone } from './shrink-zone.ts';

/**
 * vmscan.c mem_cgroup_shrink_node_zone(): the group's whole lists at priority 0, in one call of shrink_zone(). Asking for no
 * page at all, it stops after one round of 32 per list (B1, R3.20); 2.6.36 asks for 32.
 */
export function memCgroupShrinkNodeZone(k: Kernel, t: Task, memcg: number, gfp: number): number {
  Object.assign(t.sc, {
    gfp,
    order: 0,
    memcg,
    priority: 0,
    nrToReclaim: k.sysctl.historicalBugs && k.policy.softLimit.hasB1 ? 0 : SWAP_CLUSTER_MAX,
    nrScanned: 0,
    nrReclaimed: 0,
    maySwap: true,
    mayWritepage: directMayWritepage(k.policy) && !k.sysctl.laptopMode,
  });
  k.trace.emit(TRACE_ID.memcgSoftlimitReclaimBegin, k.nowNs, t.id, 0, t.sc.mayWritepage ? 1 : 0, gfp);
  k.vm[VM.memcg_soft_reclaims]!++;
  return enter(t, shrinkNodeZone, {});
}

const at = steps('shrink', 'shrunk');
const shrinkNodeZone = kernelFunction<Frame, keyof typeof at>('mem_cgroup_shrink_node_zone', ASSUMED_BYTES, at, {
  shrink: (k, f, t) => andThen(t, f, at.shrunk, shrinkZone(k, t)),
  shrunk: (k, _f, t) => {
    const { nrReclaimed } = t.sc;
    t.sc.totalScanned += t.sc.nrScanned;
    k.trace.emit(TRACE_ID.memcgSoftlimitReclaimEnd, k.nowNs, t.id, nrReclaimed);
    k.vm[VM.memcg_soft_pages_reclaimed]! += nrReclaimed;
    return ret(t, nrReclaimed);
  },
});
