import type { Scenario } from '../abi/scenario.ts';

/** What patch 5 drops the page lock for: a range write that keeps it asks for other page locks out of index order. */
export const lockInversion: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'lock-inversion',
  title: 'The page lock held across a range write',
  watch:
    'A keeps the lock of the page it is after while it writes the pages around it; B drops it and pins the inode. Watch A stop when two reclaimers in one file each hold a page that the other one’s range needs.',
  note: 'Background writeback is held back, so that reclaimers write spans of the same few files.',
  kernels: { A: 'rfc-v1-p5', B: 'rfc-v1-p5' },
  seed: 1,
  untilS: 60,
  workload: 'lock-cycle',
  knobs: {
    'vm.dirty_ratio': 100,
    'vm.dirty_background_ratio': 99,
    'vm.dirty_writeback_centisecs': 0,
  },
  knobsOf: { A: { 'policy.range_lock': 'hold' }, B: {} },
  inputs: [],
};
