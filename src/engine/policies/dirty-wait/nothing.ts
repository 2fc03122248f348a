import { type DirtyWait, NOTHING } from '../../machine/policy/dirty-wait.ts';

/** The pages go round once more; a lumpy batch gets the base's SYNC pass. */
export const nothing = {
  id: 'nothing',
  label: 'nothing',
  source: 'v2.6.35-rc2 mm/vmscan.c shrink_inactive_list(); the patch of April 2010 keeps it; model.md R3.24, R3.25',
  afterPass: () => NOTHING,
  lastPassKeeps: false,
  replacesSyncPass: false,
} as const satisfies DirtyWait;
