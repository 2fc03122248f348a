import type { Scenario } from '../abi/scenario.ts';

/** The sysbench of the V2 to V6 mails, scaled. */
export const sysbenchScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'sysbench',
  title: 'A database, cached twice',
  watch:
    'Eight connections load a table of four times memory, then read and update it and commit each transaction. Watch direct reclaim, the fsyncs and the flusher share one disk head, with requests of a few KiB.',
  note: '64 MiB stand for the 2 GiB of the published runs. A table page of the hot 1 % is held by the buffers, so the kernel sees only its writes.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'sysbench',
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
