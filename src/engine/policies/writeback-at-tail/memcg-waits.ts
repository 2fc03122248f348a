import type { WritebackAtTail } from '../../machine/policy/writeback-at-tail.ts';

/** The first meeting tags the page; at the second a task at its group's limit waits for it: the band aid against memcg OOMs. */
export const memcgWaits = {
  id: 'memcg-waits',
  label: '3.6: tag; memcg reclaim waits at the second meeting',
  source: 'v3.6 mm/vmscan.c shrink_page_list(), June and July 2012; model.md §9.2, history.md §5.2',
  tags: true,
  activates: false,
  stallsKswapd: false,
  memcgWaits: (tagged, hasGfpIo) => tagged && hasGfpIo,
} as const satisfies WritebackAtTail;
