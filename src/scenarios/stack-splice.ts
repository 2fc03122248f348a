import type { Scenario } from '../abi/scenario.ts';

/** How the series began: a task in select() is short of a page, and its stack ends in XFS (history.md §3.1). */
export const stackSplice: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'stack-splice',
  title: 'A select() that ends in the filesystem',
  watch:
    'Servers poll their sockets beside writers on XFS. In A the poller that is short of a page reclaims, and reclaim calls the filesystem on top of what is on its stack; in B direct reclaim ends where the filesystem would begin. Watch the stacks.',
  note: 'XFS as it was before 2.6.35 made it refuse reclaim. Each allocation of blocks is taken to be as deep as in the published trace; the writers’ callers are assumed to use 2 KiB. Background writeback is held back, so that reclaim meets dirty pages.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 30,
  openAtS: 12,
  workload: 'poll-and-write',
  knobs: {
    'machine.filesystem': 'xfs',
    'policy.fs_reclaim_guard': 'none',
    'machine.caller_stack': 2048,
    'vm.dirty_ratio': 100,
    'vm.dirty_background_ratio': 99,
    'vm.dirty_writeback_centisecs': 0,
  },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
