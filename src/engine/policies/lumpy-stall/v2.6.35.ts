import type { LumpyStall } from '../../machine/policy/lumpy.ts';

/** Whenever reclaim is lumpy: order 1 to 3 below priority 10, higher orders always. */
export const v2635 = {
  id: 'v2.6.35',
  label: 'whenever lumpy',
  source: 'v2.6.35-rc2 mm/vmscan.c shrink_inactive_list(); model.md R3.25',
  stalls: () => true,
  naps: true,
} as const satisfies LumpyStall;
