import type { LumpyStall } from '../../machine/policy/lumpy.ts';

/** "Raise the bar": orders 1 to 3 only when 1/16 of the list is scanned at once. */
export const v2636 = {
  id: 'v2.6.36',
  label: 'orders 1–3 at priority 4 or below',
  source:
    'v2.6.36 mm/vmscan.c should_reclaim_stall(): DEF_PRIORITY / 3 (Wu, 28 July 2010); model.md §9.1, history.md §1.5',
  stalls: (order, priority) => order > 3 || priority <= 4,
  naps: true,
} as const satisfies LumpyStall;
