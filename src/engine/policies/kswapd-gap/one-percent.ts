import type { KswapdGap } from '../../machine/policy/scanning.ts';

/** KSWAPD_ZONE_BALANCE_GAP_RATIO: the high mark and a hundredth of the zone, or the low mark if that is less. */
export const onePercent = {
  id: 'one-percent',
  label: '2.6.39: high + min(low, 1 %)',
  source: 'v2.6.39 mm/vmscan.c balance_pgdat(); model.md §9.1',
  mark: (high, low, present) => high + Math.min(low, Math.ceil(present / 100)),
} as const satisfies KswapdGap;
