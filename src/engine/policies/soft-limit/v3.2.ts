import type { SoftLimit } from '../../machine/policy/soft-limit.ts';

/** An allocating task shrinks groups over their soft limit as well, and what is freed is progress. */
export const v32 = {
  id: 'v3.2',
  label: '3.2: direct reclaim too, counted',
  source: 'v3.2 mm/vmscan.c shrink_zones(), balance_pgdat(); model.md §9.2',
  hasB1: false,
  byDirectReclaim: true,
  counts: true,
} as const satisfies SoftLimit;
