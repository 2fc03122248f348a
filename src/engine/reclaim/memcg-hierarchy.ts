import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { drainAllStock, isInSubtree, softLimitExcess } from '../machine/memcg.ts';
import type { Task } from '../machine/task.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { memCgroupShrinkNodeZone } from './memcg-shrink-zone.ts';

/** MEM_CGROUP_MAX_RECLAIM_LOOPS. */
const LOOPS_MAX = 100;

/**
 * memcontrol.c mem_cgroup_hierarchical_reclaim() at a limit: model.md R6.5. The groups of the subtree in turn, in order of
 * their numbers, until the root of it is under its limit or has come round twice. Answers the pages freed; one more when
 * under the limit. May block.
 */
export function memCgroupHierarchicalReclaim(_k: Kernel, t: Task, root: number, gfp: number): number {
  return enter(t, hierarchicalReclaim, { root, gfp, soft: false, excess: 0, loops: 0, total: 0 });
}

/** The same below a soft limit (MEM_CGROUP_RECLAIM_SOFT): goes round up to a hundred times (R6.6). May block. */
export function memCgroupSoftReclaim(k: Kernel, t: Task, root: number, gfp: number): number {
  const excess = softLimitExcess(k.m.memcgs[root]!);
  return enter(t, hierarchicalReclaim, { root, gfp, soft: true, excess, loops: 0, total: 0 });
}

interface HierarchicalReclaim extends Frame {
  readonly root: number;
  readonly gfp: number;
  readonly soft: boolean;
  /** Over the soft limit at the start. */
  readonly excess: Pages;
  /** Visits of the root. */
  loops: number;
  total: Pages;
}
const at = steps('select', 'reclaimed');

const hierarchicalReclaim = kernelFunction<HierarchicalReclaim, keyof typeof at>(
  'mem_cgroup_hierarchical_reclaim',
  ASSUMED_BYTES,
  at,
  {
    select: (k, f, t) => selectAndReclaim(k, f, t),
    reclaimed: (k, f, t) => {
      f.total += t.ret;
      const { usagePages, limitPages, softLimitPages } = k.m.memcgs[f.root]!;
      if (f.soft) return usagePages < softLimitPages ? ret(t, f.total) : goto(t, at.select);
      return usagePages < limitPages ? ret(t, 1 + f.total) : goto(t, at.select);
    },
  },
);

function selectAndReclaim(k: Kernel, f: HierarchicalReclaim, t: Task): Next {
  for (;;) {
    const victim = selectVictim(k, f.root);
    if (victim === f.root) {
      drainAllStock(k);
      if (++f.loops >= 2 && isEnough(f)) return ret(t, f.total);
    }
    if (k.m.memcgs[victim]!.chargedPages === 0) continue; // mem_cgroup_local_usage()
    const freed = f.soft
      ? memCgroupShrinkNodeZone(k, t, victim, f.gfp)
      : k.call.tryToFreeMemCgroupPages(k, t, victim, f.gfp);
    return andThen(t, f, at.reclaimed, freed);
  }
}

/** At the second visit of the root: a limit's caller will come again; a soft limit wants a quarter of the excess. */
function isEnough(f: HierarchicalReclaim): boolean {
  return !f.soft || f.total === 0 || f.total >= f.excess >> 2 || f.loops > LOOPS_MAX;
}

/** mem_cgroup_select_victim(): the next group of the subtree, round and round. */
function selectVictim(k: Kernel, root: number): number {
  const { memcgs } = k.m;
  const from = memcgs[root]!;
  let id = from.lastScannedChild;
  do id = id + 1 < memcgs.length ? id + 1 : 1;
  while (!isInSubtree(memcgs, id, root));
  from.lastScannedChild = id;
  return id;
}
