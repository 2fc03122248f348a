import type { Pages } from '../../abi/units.ts';

/**
 * lib/proportions.c: a share of recent events that forgets by halving. Every period of P = 2^(shift-1) global events each
 * local count is halved once; the share is local / (P + global mod P) (model.md R5.9). Here the counts that bdis and tasks
 * are measured by.
 */
export interface Proportions {
  /** vm_completions: pages written, by whichever disk. */
  completions: number;
  /** vm_dirties: pages dirtied, by whichever task. */
  dirties: number;
  /** log2 of the period's length plus one. */
  shift: number;
}

export function propPeriod(shift: number): number {
  return 1 << (shift - 1);
}

/** calc_period_shift(): 2 + floor(log2(dirty_total - 1)), evaluated at boot or when the sysctl changes. */
export function propShift(dirtyTotalPages: Pages): number {
  return 2 + (31 - Math.clz32(Math.max(1, dirtyTotalPages - 1)));
}

/** A local count after the periods that have passed since it was last touched. */
export function propNormalize(
  local: number,
  localPeriod: number,
  globalEvents: number,
  shift: number,
): { readonly local: number; readonly period: number } {
  const period = Math.floor(globalEvents / propPeriod(shift));
  const passed = period - localPeriod;
  if (passed <= 0) return { local, period: localPeriod };
  return { local: passed > 52 ? 0 : Math.floor(local / (passed > 30 ? 1073741824 : 1 << passed)), period };
}

/**
 * The part of `amount` that belongs to a local count, rounded down, never more than all of it. Reading does not touch the
 * count: halving twice by k is halving once by 2k.
 */
export function propShare(
  amount: Pages,
  local: number,
  localPeriod: number,
  globalEvents: number,
  shift: number,
): Pages {
  const period = propPeriod(shift);
  const events = propNormalize(local, localPeriod, globalEvents, shift).local;
  return Math.min(amount, Math.floor((amount * events) / (period + (globalEvents % period))));
}

/** prop_change_shift(): the global count in the new period's measure, so that the number of periods gone by stays. */
export function rescaleEvents(globalEvents: number, fromShift: number, toShift: number): number {
  return Math.floor((globalEvents * propPeriod(toShift)) / propPeriod(fromShift));
}
