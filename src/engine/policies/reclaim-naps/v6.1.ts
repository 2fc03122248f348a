import { NO_NAP, type ReclaimNaps } from '../../machine/policy/reclaim-naps.ts';

/** No congestion any more: a reclaimer stalls for pages under writeback, for others' progress, or for isolated pages. */
export const v61 = {
  id: 'v6.1',
  label: '6.1: reclaim_throttle',
  source: 'v6.1 mm/vmscan.c reclaim_throttle(), shrink_node(), consider_reclaim_throttle(); model.md §9.4',
  betweenPriorities: NO_NAP,
  allocatorRetry: NO_NAP,
  kswapd: false,
  afterWritebackBatch: false,
  leavesReserveToKswapd: true,
  throttles: true,
  whileFlooded: false,
} as const satisfies ReclaimNaps;
