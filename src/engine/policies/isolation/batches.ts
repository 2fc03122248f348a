import type { Isolation } from '../../machine/policy/lumpy.ts';

/** 32 at a time, even if fewer were asked for. */
export const batches = {
  id: 'batches',
  label: 'batches of 32',
  source: 'v2.6.35-rc2 mm/vmscan.c shrink_inactive_list(): SWAP_CLUSTER_MAX per loop; model.md R3.15',
  atOnce: () => 32,
  repeats: true,
} as const satisfies Isolation;
