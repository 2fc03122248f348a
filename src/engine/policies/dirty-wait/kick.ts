import { type DirtyWait, KICK } from '../../machine/policy/dirty-wait.ts';

/** The flusher is asked for as many pages as were skipped, and nobody waits. */
export const kick = {
  id: 'kick',
  label: 'kick the flusher',
  source:
    'the middle way of the April and June 2010 threads, in no posted patch: a kick as in V3 without its nap (assumed)',
  afterPass: () => KICK,
  lastPassKeeps: false,
  replacesSyncPass: false,
} as const satisfies DirtyWait;
