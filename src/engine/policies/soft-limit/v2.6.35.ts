import type { SoftLimit } from '../../machine/policy/soft-limit.ts';

/** kswapd alone; the run that called it does not see what was freed. */
export const v2635 = {
  id: 'v2.6.35',
  label: '2.6.35: kswapd, for nothing (B1 by the historical-bugs switch)',
  source:
    'v2.6.35-rc2 mm/memcontrol.c mem_cgroup_soft_limit_reclaim(), mm/vmscan.c mem_cgroup_shrink_node_zone(); model.md R6.6, B1',
  hasB1: true,
  byDirectReclaim: false,
  counts: false,
} as const satisfies SoftLimit;
