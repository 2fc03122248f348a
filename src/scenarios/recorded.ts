import type { Scenario } from '../abi/scenario.ts';

/** What a real program did to the page cache, replayed on a machine smaller than its page set. */
export const recordedScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'recorded',
  title: 'A recorded program',
  watch:
    'Random stores through a mapping beside a dd, as recorded on a real kernel. Watch who cleans the pages on a machine that cannot hold them.',
  note: 'Times come from an emulated CPU: orders, counts and offsets are real.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 30,
  workload: 'recorded',
  knobs: { 'machine.memory_mib': 24 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
