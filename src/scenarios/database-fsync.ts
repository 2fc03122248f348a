import type { Scenario } from '../abi/scenario.ts';

/** Preset P-E: sparse random writes over a file larger than memory. */
export const databaseFsyncScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'database-fsync',
  title: 'Random writes and one fsync',
  watch:
    'Random 8 KiB reads and writes all over one file, and now and then an fsync of it. Watch the fsync find nearly all dirty pages of the file: one thread pays for the writes of all.',
  note: 'No separate log: a commit writes back the file itself (assumed).',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'database-fsync',
  knobs: { 'workload.hot_percent': 0, 'workload.read_percent': 50, 'workload.accesses_per_commit': 100 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
