import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { propPeriod, propShare, propShift, rescaleEvents } from '../machine/proportions.ts';
import type { Task } from '../machine/task.ts';
import { dirtyableMemory } from './dirtyable.ts';

// Floating proportions: which part of the dirty limit belongs to the disk, and which part of it one task uses (R5.5, R5.9).

/** calc_period_shift(): the ratio as it stands, without get_dirty_limits()' minimum of 5. */
function periodShift(k: Kernel): number {
  return propShift(Math.floor((k.sysctl.dirtyRatio * dirtyableMemory(k)) / 100));
}

/** prop_descriptor_init() at boot. A fresh disk has share 0, a warm one 1 (R5.9). */
export function initShares(k: Kernel): void {
  const { bdi, config } = k.m;
  bdi.propShift = periodShift(k);
  bdi.completions = config.bdiWarm ? propPeriod(bdi.propShift) : 0;
}

/**
 * dirty_ratio_handler(), to be called when vm.dirty_ratio has changed: the period follows the new limit. Only the global
 * counts are scaled (prop_change_shift()), so the shares converge anew.
 */
export function dirtyRatioChanged(k: Kernel): void {
  const { bdi } = k;
  const shift = periodShift(k);
  bdi.globalCompletions = rescaleEvents(bdi.globalCompletions, bdi.propShift, shift);
  bdi.globalDirties = rescaleEvents(bdi.globalDirties, bdi.propShift, shift);
  bdi.propShift = shift;
}

/** The disk's part of `amount`: its share of recent completions. */
export function bdiShare(k: Kernel, amount: Pages): Pages {
  const { bdi } = k;
  return propShare(amount, bdi.completions, bdi.completionPeriod, bdi.globalCompletions, bdi.propShift);
}

/** The task's part of `amount`: its share of recent dirtying. */
export function taskShare(k: Kernel, t: Task, amount: Pages): Pages {
  const { bdi } = k;
  return propShare(amount, t.dirtyEvents, t.dirtyPeriod, bdi.globalDirties, bdi.propShift);
}
