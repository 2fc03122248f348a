import type { Scenario } from '../abi/scenario.ts';

/** A group at its limit whose pages wait for a disk that others keep busy (R6.12, E27). */
export const memcgBusyScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'memcg-busy',
  title: 'A small memory cgroup on a busy disk',
  watch:
    'dd writes in a group of 12 MiB, another dd outside it. In A all of the group’s pages end up waiting for the disk, its reclaimer gives up after six rounds, and dd is killed; in B dd is held before that.',
  note: 'The kernels differ in more than their cleaner: "what cleans a group" can be turned over either.',
  kernels: { A: 'rfc-v1', B: 'v4.2-cgwb' },
  seed: 1,
  untilS: 30,
  workload: 'memcg-dd',
  knobs: {
    'machine.memory_mib': 256,
    'workload.block_kib': 64,
    'workload.blocks_per_s': 0,
    'workload.neighbours': 1,
  },
  knobsOf: { A: {}, B: {} },
  inputs: [],
  variants: [
    { label: '2.6.35-rc2', knobs: {}, kernel: 'v2.6.35-rc2' },
    { label: 'itself', knobs: { 'policy.memcg_cleaner': 'itself' }, kernel: 'rfc-v1' },
    { label: 'flusher', knobs: { 'policy.memcg_cleaner': 'flusher' }, kernel: 'rfc-v1' },
    { label: 'dirty-ratio', knobs: { 'policy.memcg_cleaner': 'dirty-ratio' }, kernel: 'rfc-v1' },
    { label: 'io-cgroup', knobs: { 'policy.memcg_cleaner': 'io-cgroup' }, kernel: 'rfc-v1' },
    {
      label: 'kswapd',
      knobs: { 'policy.memcg_cleaner': 'kswapd', 'memcg.low_wmark_distance': 4, 'memcg.high_wmark_distance': 5 },
      kernel: 'rfc-v1',
    },
    { label: '3.2', knobs: {}, kernel: 'v3.2' },
    { label: '3.6', knobs: {}, kernel: 'v3.6-memcg' },
    { label: '4.2', knobs: {}, kernel: 'v4.2-cgwb' },
  ],
};
