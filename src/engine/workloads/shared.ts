import type { Knob, KnobValues } from '../../abi/knob.ts';
import { type Ns, PAGES_PER_MIB, type Pages, S } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { SPACE_ANON, type SpaceSpec } from '../machine/space.ts';
import { type Task, TIF_MEMDIE, TIF_SIGPENDING } from '../machine/task.ts';
import { WAIT_TIMER } from '../machine/waits.ts';
import { goto, type Next, ret } from '../sim/kthread.ts';

// What every program does between its system calls.

/** A program has no kernel frame of its own: the system call's entry is counted (stack-traces.json: system_call_fastpath 128). */
export const USER_BYTES = 128;

/** A number knob of the workload as it stands now. */
export function knobNow(k: Kernel, path: string): number {
  return k.m.workload[path] as number;
}

/**
 * Back in user mode after an access: a task killed by the OOM killer or by a signal ends here (model.md S13); otherwise it thinks for a fixed gap and goes on
 * at `step`. `perSecond` 0: no gap at all.
 */
export function thinkThen(k: Kernel, t: Task, perSecond: number, step: number): Next {
  if ((t.flags & (TIF_MEMDIE | TIF_SIGPENDING)) !== 0) return exit(k, t);
  const owedNs = t.cpuDebtNs;
  t.cpuDebtNs = 0;
  if (perSecond === 0) return owedNs === 0 ? goto(t, step) : k.sched.spend(t, owedNs, step);
  return k.sched.sleep(t, WAIT_TIMER, 0, gapNs(perSecond) + owedNs, step);
}

export function gapNs(perSecond: number): Ns {
  return Math.round(S / perSecond);
}

/** The task ends: its memory goes and its stack is empty. */
export function exit(k: Kernel, t: Task): Next {
  k.call.exitTask(k, t);
  t.fns.length = 1;
  t.steps.length = 1;
  t.stack.length = 1;
  return ret(t, 0);
}

/** The one factor between a published test and its small copy here; every size of a published test is multiplied by it. */
export const SCALE_KNOB: Knob = {
  kind: 'number',
  path: 'workload.scale',
  label: 'scale',
  doc: 'Sizes of files and of anonymous memory are those of the published test times this: memory here over memory of its machine.',
  source: 'history.md §2.0; 64 MiB stand for the 2 GiB of the V2 machine',
  live: false,
  unit: '×',
  min: 0.001,
  max: 1,
  initial: 0.03125,
};

/** A size of the published test on this machine, in whole pages, at least one. */
export function scaled(knobs: KnobValues, publishedMib: number): Pages {
  return Math.max(1, Math.round(publishedMib * (knobs['workload.scale'] as number) * PAGES_PER_MIB));
}

/** Anonymous memory of a task. */
export function anonOf(name: string, sizePages: Pages): SpaceSpec {
  return { kind: SPACE_ANON, name, sizePages, extents: [], hasContent: false };
}
