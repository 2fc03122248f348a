import { type ReclaimNaps, WAIT_IFF_CONGESTED } from '../../machine/policy/reclaim-naps.ts';

/** A direct reclaimer naps only if it has seen the congestion; kswapd goes on as before. */
export const v2637 = {
  id: 'v2.6.37',
  label: '2.6.37: wait_iff_congested for direct reclaim',
  source: 'v2.6.37 mm/vmscan.c do_try_to_free_pages(), mm/page_alloc.c, mm/backing-dev.c; model.md §9.1',
  betweenPriorities: WAIT_IFF_CONGESTED,
  allocatorRetry: WAIT_IFF_CONGESTED,
  kswapd: true,
  afterWritebackBatch: false,
  leavesReserveToKswapd: false,
  throttles: false,
  whileFlooded: true,
} as const satisfies ReclaimNaps;
