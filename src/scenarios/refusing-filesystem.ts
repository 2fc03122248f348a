import type { Scenario } from '../abi/scenario.ts';

/** Christoph Hellwig's argument in the thread: filesystems refuse reclaim already, and things seem to work (E32). */
export const refusingFilesystem: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'refusing-filesystem',
  title: 'A filesystem that refuses reclaim',
  watch:
    'The same kernel twice: A on ext2, B on XFS, which since 2.6.35 hands the pages back dirty when reclaim asks. Watch who writes, and what the attempts come to.',
  note: 'Background writeback is held back here (dirty_ratio 100, no periodic flush), so that reclaim has to ask. XFS puts new pages on the disk in the order in which they are written: fewer seeks, whoever writes.',
  kernels: { A: 'v2.6.35-rc2', B: 'v2.6.35-rc2' },
  seed: 1,
  untilS: 60,
  openAtS: 14,
  workload: 'dense-windows',
  // The load of seeky-vs-range.
  knobs: {
    'vm.dirty_ratio': 100,
    'vm.dirty_background_ratio': 99,
    'vm.dirty_writeback_centisecs': 0,
    'workload.window_mib': 3,
    'workload.reads_per_s': 1800,
  },
  knobsOf: { A: { 'machine.filesystem': 'ext2' }, B: { 'machine.filesystem': 'xfs' } },
  inputs: [],
};
