import type { ReclaimProgress } from '../../machine/policy/scanning.ts';

/**
 * What was freed, and nothing at all if every zone is flagged or a group is reclaimed: a pass that frees nothing leads to the
 * OOM killer though the zones are not given up (B7, only with the historical bugs on).
 */
export const v2634 = {
  id: 'v2.6.34',
  label: '2.6.34: what was freed, or 0',
  source: 'v2.6.34 mm/vmscan.c do_try_to_free_pages(); model.md §0.3-3, B7',
  of: ({ freed, isGlobal, isFlagged, historicalBugs }) => {
    if (!isGlobal || isFlagged) return 0;
    return historicalBugs ? freed : Math.max(1, freed);
  },
} as const satisfies ReclaimProgress;
