import type { Scenario } from '../abi/scenario.ts';

/** Mel’s simple-writeback: dirty pages are cleaned by the flusher and the dirtiers, whatever reclaim may do (E3). */
export const simpleWritebackScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'simple-writeback',
  title: 'Sixteen dd with fsync',
  watch:
    'Sixteen dd fill files, fsync them and start again. Watch reclaim’s writers stay at zero on both sides while kswapd works through clean pages: here the patches change nothing.',
  note: '64 MiB stand for the 2 GiB of the published runs; blocks of 64 KiB are assumed.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'simple-writeback',
  knobs: { 'workload.dd_writers': 16 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
