import { CONGESTION_WAIT, type ReclaimNaps } from '../../machine/policy/reclaim-naps.ts';

/** Everybody naps in congestion_wait(), which with nothing in flight is 100 ms for nothing. */
export const v2635 = {
  id: 'v2.6.35',
  label: '2.6.35: congestion_wait everywhere',
  source: 'v2.6.35-rc2 mm/vmscan.c, mm/page_alloc.c, mm/backing-dev.c; model.md §3.9, R3.35',
  betweenPriorities: CONGESTION_WAIT,
  allocatorRetry: CONGESTION_WAIT,
  kswapd: true,
  afterWritebackBatch: false,
  leavesReserveToKswapd: false,
  throttles: false,
  whileFlooded: true,
} as const satisfies ReclaimNaps;
