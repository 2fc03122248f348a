import type { FlusherLists } from '../../machine/policy/flusher.ts';

/** A partly written inode waits on b_more_io, behind the others, and keeps its age. */
export const v2636 = {
  id: 'v2.6.36',
  label: '2.6.36: partial slice to b_more_io',
  source: 'v2.6.36 fs/fs-writeback.c queue_io(), wb_writeback(); model.md §9.1',
  hasB3: false,
  startsOncePerWork: true,
} as const satisfies FlusherLists;
