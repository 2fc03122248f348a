import type { Scenario } from '../abi/scenario.ts';

/** A streaming writer at default ratios: the flusher and the dirtier do the cleaning under every policy (E3). */
export const ddStream: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'dd-stream',
  title: 'One dd, who cleans?',
  watch:
    'One dd writes as fast as it may. Watch the dirty meter settle between 15 and 20 % and the reclaim writers stay near zero on both sides.',
  note: '',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'stream-writer',
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
