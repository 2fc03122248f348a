import type { Scenario } from '../abi/scenario.ts';

/** V6 with and without its last patch: what a kick "for 4 MiB" asks the flusher for when kswapd gives it. */
export const flushforward: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'flushforward',
  title: 'Reclaim wakes the flusher',
  watch:
    'In both machines only kswapd writes file pages. B also wakes the flusher when reclaim meets dirty pages. Watch kswapd’s writes all but vanish in B, and how much more B writes.',
  note: 'The kick is sized by what direct reclaim has skipped. kswapd skips nothing, so it asks for 0 pages, which to the flusher means all dirty ones.',
  kernels: { A: 'rfc-v6', B: 'rfc-v6-flush' },
  seed: 1,
  untilS: 60,
  openAtS: 13,
  workload: 'dense-windows',
  knobs: {
    'vm.dirty_ratio': 100,
    'vm.dirty_background_ratio': 99,
    'vm.dirty_writeback_centisecs': 0,
    'workload.window_mib': 3,
    'workload.reads_per_s': 1800,
  },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
