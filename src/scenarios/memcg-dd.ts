import type { Scenario } from '../abi/scenario.ts';

/** Kamezawa’s question: what cleans the pages of a group at its limit (base half of E27)? */
export const memcgDdScene: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'memcg-dd',
  title: 'dd in a small memory cgroup',
  watch: 'dd runs in a group of 12 MiB. Watch its bar at the limit: in A its own reclaim writes pages one by one, in B it has to wait for the flusher.',
  note: 'Dirty limits are global in these kernels: the group may be dirty to the last page.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'memcg-dd',
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
