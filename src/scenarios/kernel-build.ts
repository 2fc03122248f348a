import type { Scenario } from '../abi/scenario.ts';

/** The load part of stress-highalloc: a working set of 1.5 × RAM of short-lived tasks. */
export const kernelBuildScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'kernel-build',
  title: 'A build too large for memory',
  watch:
    'Ninety-six compilers want one and a half times memory. Watch swap take the disk: in A every compiler that reclaims also writes, in B it leaves that to kswapd.',
  note: 'Sizes of a compiler are assumed; CPUs are not contended, a compiler’s computing is stretched instead.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'kernel-build',
  knobs: { 'workload.jobs': 96 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
