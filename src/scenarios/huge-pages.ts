import type { Scenario } from '../abi/scenario.ts';

/** stress-highalloc on a machine that can hold it: what lumpy reclaim costs, and who pays (E11–E13). */
export const hugePages: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'huge-pages',
  title: 'All of memory as huge pages',
  watch:
    'One task asks for huge pages while compilers want more than memory. Watch the stall of H: in A it writes and waits page by page, in B it asks the flusher and looks again.',
  note: 'Two rounds under load, one after the builds have ended. How kernel objects are scattered, what a compiler is and the pace of the attempts are assumed.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v6' },
  seed: 1,
  untilS: 700,
  openAtS: 20,
  workload: 'stress-highalloc',
  knobs: {
    'machine.memory_mib': 256,
    'machine.swap_mib': 512,
    'machine.reserved_percent': 1,
    'machine.unmovable_percent': 5,
    'machine.ncpu': 4,
  },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
