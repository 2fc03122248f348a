import type { MemcgCleaner } from '../../machine/policy/memcg-cleaner.ts';

/** The ideal of the mail: buffered writes belong to a group down to the disk, and each group has a flusher. */
export const ioCgroup = {
  id: 'io-cgroup',
  label: 'a flusher and a write queue of the group',
  source:
    'Kamezawa, 8 June 2010; Munehiro Ikeda, "blkiocg async support", 8 July 2010; dm-ioband; never merged; history.md §5.2',
  writes: (asked) => asked,
  limitsDirtyPages: false,
  hasKswapd: false,
  hasFlusher: true,
  hasDomain: false,
  groupsRequests: true,
} as const satisfies MemcgCleaner;
