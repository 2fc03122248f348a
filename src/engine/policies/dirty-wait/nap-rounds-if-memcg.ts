import { type DirtyWait, KICK_AND_NAP, KICK_NAP_AND_RESCAN } from '../../machine/policy/dirty-wait.ts';

/** As "nap", and a memory cgroup at its limit does the rounds in its first pass already. */
export const napRoundsIfMemcg = {
  id: 'nap-rounds-if-memcg',
  label: 'nap, rounds if lumpy or memcg',
  source: 'V4 of 19 July 2010: 100 ms per batch, 50 rounds if PAGEOUT_IO_SYNC or sc.mem_cgroup; model.md §8.7',
  afterPass: (sync, memcg) => (sync || memcg ? KICK_NAP_AND_RESCAN : KICK_AND_NAP),
  lastPassKeeps: false,
  replacesSyncPass: false,
} as const satisfies DirtyWait;
