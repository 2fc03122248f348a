import type { WritebackAtTail } from '../../machine/policy/writeback-at-tail.ts';

/** Tagged and activated; legacy memcg reclaim still waits, if it may enter the filesystem. */
export const outOfTheWay = {
  id: 'out-of-the-way',
  label: '6.1: tag and activate',
  source: 'v6.1 mm/vmscan.c shrink_folio_list(); model.md §9.4',
  tags: true,
  activates: true,
  stallsKswapd: true,
  memcgWaits: (tagged, _hasGfpIo, mayEnterFs) => tagged && mayEnterFs,
} as const satisfies WritebackAtTail;
