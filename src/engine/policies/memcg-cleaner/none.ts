import type { MemcgCleaner } from '../../machine/policy/memcg-cleaner.ts';

/** Nobody in particular. */
export const none = {
  id: 'none',
  label: 'nobody in particular',
  source: 'v2.6.35-rc2 mm/memcontrol.c: no dirty accounting, no limit, no writeback per group; model.md R6.9',
  writes: (asked) => asked,
  limitsDirtyPages: false,
  hasKswapd: false,
  hasFlusher: false,
  hasDomain: false,
  groupsRequests: false,
} as const satisfies MemcgCleaner;
