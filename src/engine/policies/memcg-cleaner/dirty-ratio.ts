import type { MemcgCleaner } from '../../machine/policy/memcg-cleaner.ts';

/** Dirty limits per group: over the lower one the flusher writes this group's inodes, over the upper one the dirtier does. */
export const dirtyRatio = {
  id: 'dirty-ratio',
  label: 'dirty limits of the group',
  source: 'Greg Thelen, "memcg: per cgroup dirty page limiting" v9, 17 Aug 2011, never merged; history.md §5.2',
  writes: (asked) => asked,
  limitsDirtyPages: true,
  hasKswapd: false,
  hasFlusher: false,
  hasDomain: false,
  groupsRequests: false,
} as const satisfies MemcgCleaner;
