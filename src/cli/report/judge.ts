/** A change smaller than this is none: sysbench alone varied by up to 15 % between runs (history.md §2.0). */
export const LEVEL = 0.1;

export type Direction = 'up' | 'level' | 'down';

/** Column against baseline: 1 if both are 0, Infinity if only the baseline is. */
export function ratioOf(value: number, base: number): number {
  if (base !== 0) return value / base;
  return value === 0 ? 1 : Number.POSITIVE_INFINITY;
}

export function directionOf(ratio: number): Direction {
  if (ratio > 1 + LEVEL) return 'up';
  return ratio < 1 - LEVEL ? 'down' : 'level';
}

/** One ratio at most twice the other; two ratios of 0, or two that grow from nothing, agree. */
export function isWithinFactor2(posted: number, simulated: number): boolean {
  if (posted === simulated) return true;
  if (posted === 0 || simulated === 0 || posted === Infinity || simulated === Infinity) return false;
  const factor = simulated / posted;
  return factor <= 2 && factor >= 0.5;
}
