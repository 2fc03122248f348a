import { type ReclaimNaps, WAIT_IFF_CONGESTED } from '../../machine/policy/reclaim-naps.ts';

/** As 2.6.37, and after a batch that is under writeback as far as the priority says. */
export const v32 = {
  id: 'v3.2',
  label: '3.2: also by pages under writeback',
  source: 'v3.2 mm/vmscan.c shrink_inactive_list(); model.md §9.2, history of the series §1.6',
  betweenPriorities: WAIT_IFF_CONGESTED,
  allocatorRetry: WAIT_IFF_CONGESTED,
  kswapd: true,
  afterWritebackBatch: true,
  leavesReserveToKswapd: false,
  throttles: false,
  whileFlooded: true,
} as const satisfies ReclaimNaps;
