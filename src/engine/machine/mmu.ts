import { ACCESS, type Recording } from '../../abi/recording.ts';
import { PAGE_BYTES } from '../../abi/units.ts';
import { TOUCH_NS } from './costs.ts';
import type { Kernel } from './kernel.ts';
import type { Space } from './space.ts';
import type { Task } from './task.ts';
import { VM } from './vmstat.ts';

/**
 * Touches rows of a trace from `row` on while the pages are mapped and nothing else is due: what the hardware does without
 * the kernel. Stops before the first touch that faults, with its CPU time in t.cpuDebtNs, or when an event is due.
 * Answers the row it stopped before.
 */
export function touchRun(k: Kernel, t: Task, space: Space, trace: Recording, row: number): number {
  const { pos, what } = trace;
  const { pageOf } = space;
  const rows = pos.length;
  const budgetNs = Math.min(k.sched.nextDueNs(), k.sched.horizonNs) - k.nowNs - t.cpuDebtNs;
  const last = Math.min(rows, row + Math.max(1, Math.floor(budgetNs / TOUCH_NS)));
  const at = k.pages.touchMappedRun(pageOf, pos, what, row, last, ACCESS.FAULT_WRITE, PAGE_BYTES);
  t.cpuDebtNs += (at - row) * TOUCH_NS;
  k.vm[VM.pages_touched]! += at - row;
  return at;
}
