import { type DirtyWait, KICK_AND_NAP, KICK_NAP_AND_RESCAN } from '../../machine/policy/dirty-wait.ts';

/** One kick and nap per batch, rounds in the SYNC pass of a lumpy batch. */
export const nap = {
  id: 'nap',
  label: 'nap, rounds if lumpy',
  source: 'V3 12/14 of 29 June 2010: 100 ms per batch, 50 rounds if PAGEOUT_IO_SYNC; model.md §8.7',
  afterPass: (sync) => (sync ? KICK_NAP_AND_RESCAN : KICK_AND_NAP),
  lastPassKeeps: true,
  replacesSyncPass: false,
} as const satisfies DirtyWait;
