import type { Scenario } from '../abi/scenario.ts';

/** Kamezawa’s question: what cleans the pages of a group at its limit (base half of E27)? */
export const memcgDdScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'memcg-dd',
  title: 'dd in a small memory cgroup',
  watch:
    'dd runs in a group of 12 MiB. Watch its bar at the limit: in A its own reclaim writes pages one by one, in B it has to wait for the flusher.',
  note: 'Dirty limits are global in these kernels: the group may be dirty to the last page. dd writes half pages (bs=2k): whole ones would be cleaned by the flusher, which reclaim wakes.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'memcg-dd',
  // Kamezawa's proportions: the limit is 5 % of the host, below the 10 % at which the flusher starts by itself. Blocks of half a
  // page: with whole pages each page meets reclaim referenced (kept), the flusher that this kicks goes ahead of it, and memcg
  // reclaim writes nothing at any limit, rate or size; the second half of a page activates it (R3.6), so it comes back from
  // the active list dirty and unreferenced.
  knobs: { 'machine.memory_mib': 256, 'workload.block_kib': 2, 'workload.blocks_per_s': 6144 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
  // All over patch 6, where nobody writes for a group unless something is done about it.
  variants: [
    { label: '2.6.35-rc2', knobs: {}, kernel: 'v2.6.35-rc2' },
    { label: 'itself', knobs: { 'policy.memcg_cleaner': 'itself' }, kernel: 'rfc-v1' },
    { label: 'flusher', knobs: { 'policy.memcg_cleaner': 'flusher' }, kernel: 'rfc-v1' },
    { label: 'dirty-ratio', knobs: { 'policy.memcg_cleaner': 'dirty-ratio' }, kernel: 'rfc-v1' },
    { label: 'io-cgroup', knobs: { 'policy.memcg_cleaner': 'io-cgroup' }, kernel: 'rfc-v1' },
    {
      label: 'kswapd',
      knobs: {
        'policy.memcg_cleaner': 'kswapd',
        'memcg.low_wmark_distance': 4,
        'memcg.high_wmark_distance': 5,
      },
      kernel: 'rfc-v1',
    },
    { label: '4.2, cgroup writeback', knobs: {}, kernel: 'v4.2-cgwb' },
  ],
};
