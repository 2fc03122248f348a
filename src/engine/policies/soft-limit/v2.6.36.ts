import type { SoftLimit } from '../../machine/policy/soft-limit.ts';

/** The same, and each call asks for 32 pages. */
export const v2636 = {
  id: 'v2.6.36',
  label: '2.6.36: kswapd, 32 pages a call',
  source: 'v2.6.36 mm/vmscan.c mem_cgroup_shrink_node_zone(); model.md §9.1',
  hasB1: false,
  byDirectReclaim: false,
  counts: false,
} as const satisfies SoftLimit;
