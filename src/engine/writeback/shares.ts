import type { Pages } from '../../abi/units.ts';
import type { Bdi } from '../machine/bdi.ts';
import type { Kernel } from '../machine/kernel.ts';
import { propPeriod, propShare, propShift, rescaleEvents } from '../machine/proportions.ts';
import type { Task } from '../machine/task.ts';
import { dirtyableMemory } from './dirtyable.ts';

// Floating proportions: which part of the dirty limit belongs to the disk, and which part of it one task uses (R5.5, R5.9).

/** calc_period_shift(): the ratio as it stands, without get_dirty_limits()' minimum of 5. */
function periodShift(k: Kernel): number {
  return propShift(Math.floor((k.sysctl.dirtyRatio * dirtyableMemory(k)) / 100));
}

/** prop_descriptor_init() at boot. Fresh disks have share 0, warm ones the whole among them (R5.9). */
export function initShares(k: Kernel): void {
  const { bdis, config, proportions } = k.m;
  proportions.shift = periodShift(k);
  const all = config.bdiWarm ? propPeriod(proportions.shift) : 0;
  for (const bdi of bdis) bdi.completions = Math.floor(all / bdis.length);
}

/**
 * dirty_ratio_handler(), to be called when vm.dirty_ratio has changed: the period follows the new limit. Only the global
 * counts are scaled (prop_change_shift()), so the shares converge anew.
 */
export function dirtyRatioChanged(k: Kernel): void {
  const { proportions } = k.m;
  const shift = periodShift(k);
  proportions.completions = rescaleEvents(proportions.completions, proportions.shift, shift);
  proportions.dirties = rescaleEvents(proportions.dirties, proportions.shift, shift);
  proportions.shift = shift;
}

/** The disk's part of `amount`: its share of recent completions. */
export function bdiShare(k: Kernel, bdi: Bdi, amount: Pages): Pages {
  const { completions, shift } = k.m.proportions;
  return propShare(amount, bdi.completions, bdi.completionPeriod, completions, shift);
}

/** The task's part of `amount`: its share of recent dirtying. */
export function taskShare(k: Kernel, t: Task, amount: Pages): Pages {
  const { dirties, shift } = k.m.proportions;
  return propShare(amount, t.dirtyEvents, t.dirtyPeriod, dirties, shift);
}
