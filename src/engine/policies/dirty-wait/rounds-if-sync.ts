import { type DirtyWait, KICK_NAP_AND_RESCAN, NOTHING } from '../../machine/policy/dirty-wait.ts';

/** Only in the SYNC pass of a lumpy batch: kick, nap, look again. */
export const roundsIfSync = {
  id: 'rounds-if-sync',
  label: 'rounds, lumpy only',
  source: 'RFC 6/6 of 8 June 2010 and V2 12/12: 10 rounds (MAX_SWAP_CLEAN_WAIT); model.md P6.3',
  afterPass: (sync) => (sync ? KICK_NAP_AND_RESCAN : NOTHING),
  lastPassKeeps: true,
  replacesSyncPass: false,
} as const satisfies DirtyWait;
