import type { Scenario } from '../abi/scenario.ts';

/** Patch 5 with its historical bugs: the rest of a batch stays locked while a span is written (P5.9). */
export const lockCycleScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'lock-cycle',
  title: 'Two reclaimers lock each other',
  watch:
    'Both reclaim batches hold locks of pages that the other one needs. Watch the run stop when the cycle closes, with its threads, pages and functions named.',
  note: 'Historical bugs are on and background writeback is held back, so that direct reclaimers write spans.',
  kernels: { A: 'rfc-v1-p5', B: 'rfc-v1-p5' },
  seed: 1,
  untilS: 60,
  workload: 'lock-cycle',
  knobs: {
    'kernel.historical_bugs': true,
    'vm.dirty_ratio': 100,
    'vm.dirty_background_ratio': 99,
    'vm.dirty_writeback_centisecs': 0,
  },
  knobsOf: { A: {}, B: { 'kernel.historical_bugs': false } },
  inputs: [],
};
