import type { Scenario } from '../abi/scenario.ts';

/** What goes first when anonymous memory bursts, and how it comes back (E16, E17). */
export const anonBurstScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'anon-burst',
  title: 'A burst of anonymous memory',
  watch:
    'At 5 s two hogs want more memory than is free. Watch page cache go first, then swap-out begin all at once, in few large requests; later every fault brings eight neighbours that nobody asked for.',
  note: '',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'anon-burst',
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
