import type { Scenario } from '../abi/scenario.ts';

/** Kamezawa’s other recipe, 10 June 2010: limit 300M, make -j 16. An eighth of it. */
export const memcgBuildScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'memcg-build',
  title: 'A build in a memory cgroup',
  watch:
    'Sixteen compilers want more than their group may hold. In A each of them swaps for the group; in B nobody writes for it, and its OOM killer decides which one goes.',
  note: 'Sizes of a compiler are assumed; CPUs are not contended, a compiler’s computing is stretched instead.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'kernel-build',
  knobs: {
    'machine.memory_mib': 128,
    'machine.swap_mib': 128,
    'workload.scale': 0.125,
    'workload.jobs': 16,
    'workload.build_limit_mib': 300,
  },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
