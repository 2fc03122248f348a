import type { FlusherWork } from '../../machine/policy/flusher.ts';

/** As 3.2, but reclaim cannot pile work up: a wake-up asks for everything, and one may be pending. */
export const v61 = {
  id: 'v6.1',
  label: '6.1: one "start all" pending',
  source: 'v6.1 fs/fs-writeback.c wb_start_writeback(), wb_check_start_all(); model.md §9.4',
  queuesBackground: false,
  runningIsInProgress: true,
  yieldsToWork: true,
  chunksByBandwidth: true,
  startsAll: true,
} as const satisfies FlusherWork;
