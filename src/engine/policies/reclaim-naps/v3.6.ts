import { type ReclaimNaps, WAIT_IFF_CONGESTED } from '../../machine/policy/reclaim-naps.ts';

/** As 3.2, and a task that finds half of the min reserve gone waits for kswapd. */
export const v36 = {
  id: 'v3.6',
  label: '3.6: also while the reserve is low',
  source: 'v3.6 mm/vmscan.c throttle_direct_reclaim(), pfmemalloc_watermark_ok(); model.md §9.2',
  betweenPriorities: WAIT_IFF_CONGESTED,
  allocatorRetry: WAIT_IFF_CONGESTED,
  kswapd: true,
  afterWritebackBatch: true,
  leavesReserveToKswapd: true,
  throttles: false,
  whileFlooded: true,
} as const satisfies ReclaimNaps;
