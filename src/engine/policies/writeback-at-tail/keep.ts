import type { WritebackAtTail } from '../../machine/policy/writeback-at-tail.ts';

/** Another lap. */
export const keep = {
  id: 'keep',
  label: '2.6.35: another lap',
  source: 'v2.6.35-rc2 mm/vmscan.c shrink_page_list(); model.md §3.6 row 7',
  tags: false,
  activates: false,
  stallsKswapd: false,
  memcgWaits: () => false,
} as const satisfies WritebackAtTail;
