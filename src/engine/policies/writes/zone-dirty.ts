import type { Writes } from '../../machine/policy/writes.ts';

/** Only a page that was skipped before, and only while kswapd has found nothing but dirty pages at the tail. */
export const zoneDirty = {
  id: 'zone-dirty',
  label: 'only seen twice, tail all dirty',
  source: 'Linux 6.1 mm/vmscan.c shrink_folio_list(): PG_reclaim and PGDAT_DIRTY; model.md §9.4',
  ever: true,
  now: (_priority, seenBefore, _below, tailIsDirty) => seenBefore && tailIsDirty,
} as const satisfies Writes;
