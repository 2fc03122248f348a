import { type DirtyWait, KICK_NAP_AND_RESCAN } from '../../machine/policy/dirty-wait.ts';

/** Whoever meets dirty pages waits for them, order 0 too. */
export const rounds = {
  id: 'rounds',
  label: 'rounds, always',
  source: 'in no posted patch: the rounds of V4 for every reclaimer that is not kswapd (assumed); model.md §8.7',
  afterPass: () => KICK_NAP_AND_RESCAN,
  lastPassKeeps: false,
  replacesSyncPass: false,
} as const satisfies DirtyWait;
