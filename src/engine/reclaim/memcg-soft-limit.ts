import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { softLimitExcess } from '../machine/memcg.ts';
import type { ScanControl, Task } from '../machine/task.ts';
import { andThen, enter, type Frame, goto, ret, steps } from '../sim/kthread.ts';
import { memCgroupSoftReclaim } from './memcg-hierarchy.ts';

/** Groups tried while nothing is freed: MEM_CGROUP_MAX_SOFT_LIMIT_RECLAIM_LOOPS and one. */
const GROUPS_MAX = 3;

/**
 * memcontrol.c mem_cgroup_soft_limit_reclaim(): model.md R6.6. kswapd, at order 0, shrinks the group of largest recorded
 * excess; one that gives nothing is followed by the next, three at most. What it frees counts nowhere in kswapd's own run
 * before 3.2 (§9.2).
 * May block.
 */
export function memCgroupSoftLimitReclaim(k: Kernel, t: Task, order: number, gfp: number): number {
  if (order > 0) return 0;
  const memcg = takeLargest(k);
  if (memcg === 0) return 0;
  return enter(t, softLimitReclaim, { memcg, gfp, groups: 0, freed: 0, saved: { ...t.sc } });
}

interface SoftLimitReclaim extends Frame {
  memcg: number;
  readonly gfp: number;
  groups: number;
  freed: Pages;
  /** kswapd's own run, which goes on afterwards. */
  readonly saved: ScanControl;
}
const at = steps('group', 'reclaimed');

const softLimitReclaim = kernelFunction<SoftLimitReclaim, keyof typeof at>(
  'mem_cgroup_soft_limit_reclaim',
  ASSUMED_BYTES,
  at,
  {
    group: (k, f, t) => andThen(t, f, at.reclaimed, memCgroupSoftReclaim(k, t, f.memcg, f.gfp)),
    reclaimed: (k, f, t) => {
      f.freed += t.ret;
      const tried = k.m.memcgs[f.memcg]!;
      const next = t.ret === 0 ? takeLargest(k) : 0;
      tried.recordedExcess = softLimitExcess(tried);
      f.groups++;
      if (next !== 0 && f.groups < GROUPS_MAX) {
        f.memcg = next;
        return goto(t, at.group);
      }
      // A fourth group was taken out of the tree for nothing: it is in it again at its next refresh.
      const scanned = t.sc.totalScanned - f.saved.totalScanned;
      Object.assign(t.sc, f.saved);
      if (k.policy.softLimit.counts) {
        t.sc.nrScanned += scanned;
        t.sc.nrReclaimed += f.freed;
      }
      return ret(t, 0);
    },
  },
);

/**
 * mem_cgroup_largest_soft_limit_node(): taken out of the tree, until it is put back with its excess of then. A group that
 * is no longer over its soft limit stays out.
 */
function takeLargest(k: Kernel): number {
  for (;;) {
    let largest = 0;
    for (const { id, recordedExcess } of k.m.memcgs)
      if (recordedExcess > (largest === 0 ? 0 : k.m.memcgs[largest]!.recordedExcess)) largest = id;
    if (largest === 0) return 0;
    const memcg = k.m.memcgs[largest]!;
    memcg.recordedExcess = 0;
    if (softLimitExcess(memcg) > 0) return largest;
  }
}
