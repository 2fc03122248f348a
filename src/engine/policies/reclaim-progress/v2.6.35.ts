import type { ReclaimProgress } from '../../machine/policy/scanning.ts';

/** What was freed, or a fake page as long as a zone is not given up. */
export const v2635 = {
  id: 'v2.6.35',
  label: '2.6.35: 1 while a zone is not flagged',
  source: 'v2.6.35-rc2 mm/vmscan.c do_try_to_free_pages(); model.md R1.13, R3.27; again from 2.6.39 on, §9.1',
  of: ({ freed, isGlobal, isFlagged }) => (freed === 0 && isGlobal && !isFlagged ? 1 : freed),
} as const satisfies ReclaimProgress;
