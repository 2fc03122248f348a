import type { Scenario } from '../abi/scenario.ts';

/** micro-mapped-file-stream: clean mapped pages, referenced once. */
export const mappedStreamScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'mapped-stream',
  title: 'A stream through a mapping',
  watch:
    'One task touches each page of a sparse file once. Watch every mapped page get a second lap: reclaim scans nearly two pages for each one it frees, and nobody writes.',
  note: 'The pace is held at 5000 pages a second.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'mapped-stream',
  knobs: { 'workload.mapped_pages_per_s': 5000 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
