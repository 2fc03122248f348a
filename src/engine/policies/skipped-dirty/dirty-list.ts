import type { SkippedDirty } from '../../machine/policy/skipped-dirty.ts';

/**
 * Off the inactive list until it is clean, then to its tail. One more LRU list with its counter, whose moves and counter updates
 * are counted and cost CPU time; kswapd, which knows where the pages are, works on 32 of them before each inactive batch.
 */
export const dirtyList = {
  id: 'dirty-list',
  label: 'a dirty list',
  source:
    'cover letter of 8 June 2010: "could have been put on a dedicated list but this increased counter overhead"; in no posted patch, so its rules and 0.1 µs per move are assumed',
  setsAside: false,
  tagsReclaim: false,
  activates: false,
  hasOwnList: true,
} as const satisfies SkippedDirty;
