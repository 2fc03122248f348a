import { jiffiesToNs } from '../machine/config.ts';
import { GFP_WAIT } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { CHARGE_BATCH, lockOom, RECLAIM_RETRIES, tryCharge, unlockOom } from '../machine/memcg.ts';
import { type Task, TIF_MEMDIE } from '../machine/task.ts';
import { WAIT_MEMCG_OOM, WAIT_TIMER } from '../machine/waits.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { outOfMemory } from './oom.ts';

/** memcgCharge()'s answers: charged; nothing to charge (root, or a dying task's bypass); refused. */
export const CHARGED = 0;
export const BYPASSED = 1;
export const CHARGE_FAILED = -12; // -ENOMEM

/** memcontrol.c __mem_cgroup_try_charge() of one page to the task's group: model.md R6.3–R6.5. May block. */
export function memcgCharge(k: Kernel, t: Task, gfp: number): number {
  if (t.memcg === 0) return BYPASSED;
  if ((t.flags & TIF_MEMDIE) !== 0) return BYPASSED;
  if (t.stockPages === 0) {
    if (tryCharge(k, t.memcg, CHARGE_BATCH) !== 0)
      return enter(t, tryChargeFunction, { gfp, retries: RECLAIM_RETRIES, overLimit: t.memcg });
    t.stockPages = CHARGE_BATCH;
  }
  t.stockPages--;
  k.m.memcgs[t.memcg]!.chargedPages++;
  return CHARGED;
}

interface TryCharge extends Frame {
  gfp: number;
  retries: number;
  /** mem_over_limit: the task's group, or one above it. */
  overLimit: number;
}
const at = steps('one', 'reclaimed', 'oom', 'recovered', 'woken', 'napped');

const tryChargeFunction = kernelFunction<TryCharge, keyof typeof at>('__mem_cgroup_try_charge', ASSUMED_BYTES, at, {
  // One page from here on: a batch that did not fit is not tried again within this charge (R6.4).
  one: (k, f, t) => {
    if ((t.flags & TIF_MEMDIE) !== 0) return ret(t, BYPASSED);
    f.overLimit = tryCharge(k, t.memcg, 1);
    if (f.overLimit === 0) {
      k.m.memcgs[t.memcg]!.chargedPages++;
      return ret(t, CHARGED);
    }
    if ((f.gfp & GFP_WAIT) === 0) return ret(t, CHARGE_FAILED);
    return andThen(t, f, at.reclaimed, k.call.memCgroupHierarchicalReclaim(k, t, f.overLimit, f.gfp));
  },
  reclaimed: (k, f, t) => {
    const memcg = k.m.memcgs[f.overLimit]!;
    if (t.ret > 0 || memcg.usagePages < memcg.limitPages) return goto(t, at.one);
    if (f.retries-- > 0) return goto(t, at.one);
    f.retries = RECLAIM_RETRIES; // the sixth fruitless attempt: OOM, then five fresh retries
    return goto(t, at.oom);
  },
  oom: (k, f, t) => handleOom(k, f, t),
  recovered: leaveOom,
  woken: (_k, _f, t) => goto(t, (t.flags & TIF_MEMDIE) !== 0 ? at.one : at.napped),
  napped: (k, _f, t) => k.sched.sleep(t, WAIT_TIMER, 0, jiffiesToNs(1, k.m.config.hz), at.one),
});

/**
 * mem_cgroup_handle_oom(): one killer per subtree; the others wait until it returns from issuing the kill. Where the killer is
 * disabled everybody waits, until an exit, a truncation or the like gives pages back (R6.7).
 */
function handleOom(k: Kernel, f: TryCharge, t: Task): Next {
  const memcg = f.overLimit;
  const hasLock = lockOom(k, memcg);
  if (!hasLock || k.m.memcgs[memcg]!.oomKillDisable)
    return k.sched.sleep(t, WAIT_MEMCG_OOM, memcg, 0, hasLock ? at.recovered : at.woken);
  outOfMemory(k, memcg);
  return leaveOom(k, f, t);
}

function leaveOom(k: Kernel, f: TryCharge, t: Task): Next {
  unlockOom(k, f.overLimit);
  return goto(t, at.woken);
}
