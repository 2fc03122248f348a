import type { MemcgCleaner } from '../../machine/policy/memcg-cleaner.ts';

/** A kswapd per group, which starts above memory.low_wmark_distance below the limit. */
export const kswapd = {
  id: 'kswapd',
  label: 'a kswapd of the group',
  source: 'Ying Han, "memcg: per cgroup background reclaim" V6, 19 Apr 2011, never merged; history.md §5.2',
  writes: (asked) => asked,
  limitsDirtyPages: false,
  hasKswapd: true,
  hasFlusher: false,
  hasDomain: false,
  groupsRequests: false,
} as const satisfies MemcgCleaner;
