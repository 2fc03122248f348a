import { TRACE_ID } from '../../abi/tracepoints.ts';
import { jiffiesToNs } from '../machine/config.ts';
import { GFP_NOFAIL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { isInSubtree } from '../machine/memcg.ts';
import { TASK, type Task, TIF_MEMDIE } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_MEMCG_OOM, WAIT_TIMER } from '../machine/waits.ts';
import { PAGE_ALLOC_COSTLY_ORDER, zoneWatermarkOk } from '../machine/zone.ts';
import { DEAD, enter, type Frame, goto, ret, steps } from '../sim/kthread.ts';
import { releaseAnon } from './exit.ts';

/** allocPagesMayOom()'s answers. */
export const OOM_GO_ON = 0;
export const OOM_GOT_PAGE = 1;

/** page_alloc.c __alloc_pages_may_oom(): model.md R1.11. May block. */
export function allocPagesMayOom(_k: Kernel, t: Task, gfp: number, order: number): number {
  return enter(t, mayOom, { gfp, order });
}

interface MayOom extends Frame {
  gfp: number;
  order: number;
}

const at = steps('begin', 'killed', 'slept');

const mayOom = kernelFunction<MayOom, keyof typeof at>('__alloc_pages_may_oom', ASSUMED_BYTES, at, {
  begin: (k, f, t) => {
    const jiffyNs = jiffiesToNs(1, k.m.config.hz);
    if (k.m.oomLocked) return k.sched.sleep(t, WAIT_TIMER, 0, jiffyNs, at.slept);
    const { zone } = k;
    if (zoneWatermarkOk(zone.buddy, f.order, zone.high)) return ret(t, OOM_GOT_PAGE);
    // A victim's pages would hardly lie together.
    if (f.order > PAGE_ALLOC_COSTLY_ORDER && (f.gfp & GFP_NOFAIL) === 0) return ret(t, OOM_GO_ON);
    k.m.oomLocked = true;
    outOfMemory(k, 0);
    // The lock is held through the killer's own sleep, unless it chose itself.
    return (t.flags & TIF_MEMDIE) !== 0 ? goto(t, at.killed) : k.sched.sleep(t, WAIT_TIMER, 0, jiffyNs, at.killed);
  },
  killed: (k, _f, t) => {
    k.m.oomLocked = false;
    return goto(t, at.slept);
  },
  slept: (_k, _f, t) => ret(t, OOM_GO_ON),
});

/**
 * oom_kill.c out_of_memory(), mem_cgroup_out_of_memory(): marks the task of largest total_vm (R1.12, S11), in one
 * group with what lies below it, or anywhere. Its anonymous memory goes at once; it ends when it returns to user mode (S13). Nobody is killed while a victim
 * is still on its way out.
 */
export function outOfMemory(k: Kernel, memcg: number): void {
  let victim: Task | undefined;
  for (const thread of k.sim.threads) {
    const t = thread as Task;
    if (t.kind !== TASK || t.state === DEAD || (memcg !== 0 && !isInSubtree(k.m.memcgs, t.memcg, memcg))) continue;
    if ((t.flags & TIF_MEMDIE) !== 0) return;
    if (victim === undefined || t.totalVmPages > victim.totalVmPages) victim = t;
  }
  if (victim === undefined) return;
  victim.flags |= TIF_MEMDIE;
  k.vm[VM.oom_kills]!++;
  if (memcg !== 0) k.vm[VM.memcg_oom_kills]!++;
  k.trace.emit(TRACE_ID.oomKill, k.nowNs, victim.id, victim.id, memcg, victim.totalVmPages);
  releaseAnon(k, victim);
  if (victim.waitKind === WAIT_MEMCG_OOM) k.sched.wake(victim); // TASK_KILLABLE
}
