import type { SkippedDirty } from '../../machine/policy/skipped-dirty.ts';

/** Another lap, unless the flusher writes it first: then it is next to be freed. Needs the delta of 2.6.39 (R3.40), which it brings along. */
export const tag = {
  id: 'tag',
  label: 'tag PG_reclaim',
  source:
    'Linux 3.2 mm/vmscan.c shrink_page_list(): NR_VMSCAN_IMMEDIATE; with 2.6.39, where set_page_dirty() clears the tag and clear_page_dirty_for_io() no longer does: before it a tag had no effect; model.md R3.40, §9.1, §9.2',
  setsAside: false,
  activates: false,
  tagsReclaim: true,
  hasOwnList: false,
} as const satisfies SkippedDirty;
