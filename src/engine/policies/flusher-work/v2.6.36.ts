import type { FlusherWork } from '../../machine/policy/flusher.ts';

/** Background work is not queued again while the flusher runs. */
export const v2636 = {
  id: 'v2.6.36',
  label: '2.6.36: a running flusher is in progress',
  source: 'v2.6.36 fs/fs-writeback.c writeback_in_progress(); model.md §9.1',
  queuesBackground: true,
  runningIsInProgress: true,
  yieldsToWork: false,
  chunksByBandwidth: false,
  startsAll: false,
} as const satisfies FlusherWork;
