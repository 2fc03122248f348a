import type { FlusherWork } from '../../machine/policy/flusher.ts';

/** The dirtier only wakes the flusher, which looks at the threshold when its works are done and stops for new ones. */
export const v2638 = {
  id: 'v2.6.38',
  label: '2.6.38: background when idle',
  source: 'v2.6.38 fs/fs-writeback.c wb_check_background_flush(); model.md §9.1',
  queuesBackground: false,
  runningIsInProgress: true,
  yieldsToWork: true,
  chunksByBandwidth: false,
  startsAll: false,
} as const satisfies FlusherWork;
