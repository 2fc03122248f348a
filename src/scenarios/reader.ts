import type { Scenario } from '../abi/scenario.ts';

/** Clean pages only: a saw-tooth between low and high when slow, kswapd always awake when fast (E1, E2). */
export const reader: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'reader',
  title: 'One reader, kswapd alone',
  watch:
    'A reader streams a file larger than memory. Watch free memory swing between low and high: kswapd frees clean pages, nobody writes.',
  note: '',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'stream-reader',
  // 480 pages/s: kswapd is done with the 64 pages between low and high well before the reader has used them up (E1).
  knobs: { 'workload.blocks_per_s': 30 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
