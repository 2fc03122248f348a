import type { FlusherWork } from '../../machine/policy/flusher.ts';

/** Half a second of the disk per inode, and a look at what else there is every 100 ms. */
export const v32 = {
  id: 'v3.2',
  label: '3.2: chunks by bandwidth',
  source: 'v3.2 fs/fs-writeback.c writeback_chunk_size(), writeback_sb_inodes(), over_bground_thresh(); model.md §9.2',
  queuesBackground: false,
  runningIsInProgress: true,
  yieldsToWork: true,
  chunksByBandwidth: true,
  startsAll: false,
} as const satisfies FlusherWork;
