import type { ReclaimProgress } from '../../machine/policy/scanning.ts';

/** What was freed, or a fake page as long as the zone has not been scanned six times over. */
export const v2636 = {
  id: 'v2.6.36',
  label: '2.6.36: 1 while there is more to scan',
  source: 'v2.6.36 mm/vmscan.c all_unreclaimable(), zone_reclaimable(); model.md §9.1',
  of: ({ freed, isGlobal, hasMoreToScan }) => (freed === 0 && isGlobal && hasMoreToScan ? 1 : freed),
} as const satisfies ReclaimProgress;
