import type { SkippedDirty } from '../../machine/policy/skipped-dirty.ts';

/** Tagged, and out of the way on the active list until the flusher has written it; then it is next to be freed. */
export const tagAndActivate = {
  id: 'tag-and-activate',
  label: 'tag PG_reclaim, activate',
  source: 'Linux 6.1 mm/vmscan.c shrink_folio_list(), mm/swap.c lru_move_tail_fn(); model.md §9.4',
  setsAside: false,
  tagsReclaim: true,
  hasOwnList: false,
  activates: true,
} as const satisfies SkippedDirty;
