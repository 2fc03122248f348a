import { type DirtyWait, NOTHING } from '../../machine/policy/dirty-wait.ts';

/** Rounds of kick, nap and SYNC pass in shrink_inactive_list(), while file pages were skipped: lumpy or memcg only. */
export const syncLoop = {
  id: 'sync-loop',
  label: 'loop in place of the SYNC pass',
  source: 'V6 5/6 of 30 July 2010 (V5 by its changelog): 50 rounds if lumpy or sc.mem_cgroup; model.md §8.7',
  afterPass: () => NOTHING,
  lastPassKeeps: false,
  replacesSyncPass: true,
} as const satisfies DirtyWait;
