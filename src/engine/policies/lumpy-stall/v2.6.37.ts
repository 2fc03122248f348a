import type { LumpyStall } from '../../machine/policy/lumpy.ts';

/** The same bar, and no nap before the pass that waits page by page. */
export const v2637 = {
  id: 'v2.6.37',
  label: 'the same, without the nap',
  source: 'v2.6.37 mm/vmscan.c shrink_inactive_list(); model.md §9.1',
  stalls: (order, priority) => order > 3 || priority <= 4,
  naps: false,
} as const satisfies LumpyStall;
