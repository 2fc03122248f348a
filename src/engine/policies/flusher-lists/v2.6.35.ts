import type { FlusherLists } from '../../machine/policy/flusher.ts';

/** A partly written inode goes back to b_dirty, and b_more_io is worked off first: bugs, so they follow the switch. */
export const v2635 = {
  id: 'v2.6.35',
  label: '2.6.35 (B3 by the historical-bugs switch)',
  source: 'v2.6.35-rc2 fs/fs-writeback.c queue_io(), writeback_single_inode(); model.md R5.12, R5.16–R5.18, B3',
  hasB3: true,
  startsOncePerWork: false,
} as const satisfies FlusherLists;
