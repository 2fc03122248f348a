import type { KswapdGap } from '../../machine/policy/scanning.ts';

/** Way too many free pages: eight times the high mark. */
export const eightfold = {
  id: 'eightfold',
  label: '2.6.35: 8 × high',
  source: 'v2.6.35-rc2 mm/vmscan.c balance_pgdat(); model.md R3.30',
  mark: (high) => 8 * high,
} as const satisfies KswapdGap;
