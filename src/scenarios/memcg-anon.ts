import type { Scenario } from '../abi/scenario.ts';

/** The other half of Kamezawa’s question: nobody but reclaim ever writes anonymous pages (P6.5). */
export const memcgAnonScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'memcg-anon',
  title: 'Anonymous memory in a small memory cgroup',
  watch:
    'A task fills 100 MiB in a group of 50 MiB; the machine has plenty. In A its reclaim swaps and it goes on; in B nobody may write for it, and the group’s OOM killer comes.',
  note: 'There is no global pressure, so kswapd sleeps; the flusher never writes anonymous pages.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 30,
  workload: 'memcg-anon',
  knobs: { 'machine.memory_mib': 256, 'machine.swap_mib': 256 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
  variants: [
    { label: '2.6.35-rc2', knobs: {}, kernel: 'v2.6.35-rc2' },
    { label: 'RFC V1, patches 1–6', knobs: {}, kernel: 'rfc-v1' },
    { label: 'RFC V1, but memcg reclaim writes', knobs: { 'policy.memcg_cleaner': 'itself' }, kernel: 'rfc-v1' },
    { label: 'V2', knobs: {}, kernel: 'rfc-v2' },
    { label: 'V4', knobs: {}, kernel: 'rfc-v4' },
  ],
};
