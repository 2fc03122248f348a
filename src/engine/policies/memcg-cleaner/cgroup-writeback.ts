import type { MemcgCleaner } from '../../machine/policy/memcg-cleaner.ts';

/** What was merged in the end: a flusher per group and disk, and dirty limits that scale with what the group may hold. */
export const cgroupWriteback = {
  id: 'cgroup-writeback',
  label: 'cgroup writeback (4.2)',
  source: 'Tejun Heo, cgroup writeback, merged for 4.2: fs/fs-writeback.c, mm/page-writeback.c; model.md §9.3',
  writes: (asked) => asked,
  limitsDirtyPages: false,
  hasKswapd: false,
  hasFlusher: true,
  hasDomain: true,
  groupsRequests: false,
} as const satisfies MemcgCleaner;
