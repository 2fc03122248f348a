import type { FlusherWork } from '../../machine/policy/flusher.ts';

/** Everything is an item of one list, and a list whose last item runs looks idle. */
export const v2635 = {
  id: 'v2.6.35',
  label: '2.6.35: one unbounded list',
  source: 'v2.6.35-rc2 fs/fs-writeback.c; model.md R3.28, R5.13–R5.15, R5.21',
  queuesBackground: true,
  runningIsInProgress: false,
  yieldsToWork: false,
  chunksByBandwidth: false,
  startsAll: false,
} as const satisfies FlusherWork;
