import type { MemcgCleaner } from '../../machine/policy/memcg-cleaner.ts';
import type { Writes } from '../../machine/policy/writes.ts';

const NOTHING: Writes = { id: 'flusher', label: 'no', source: 'policy.memcg_cleaner', ever: false, now: () => false };

/** "Right now, memcg has to wait for a flusher thread to make pages clean." It never makes anonymous ones clean. */
export const flusher = {
  id: 'flusher',
  label: 'the flusher; memcg reclaim waits',
  source: 'Mel Gorman, 9 June 2010, on V1; Linux 3.2 for file pages; model.md P6.5, history.md §5.2',
  writes: (asked, anon) => (anon ? asked : NOTHING),
  limitsDirtyPages: false,
  hasKswapd: false,
  hasFlusher: false,
  hasDomain: false,
  groupsRequests: false,
} as const satisfies MemcgCleaner;
