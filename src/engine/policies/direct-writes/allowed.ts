import type { DirectWrites } from '../../machine/policy.ts';

/** Any reclaimer writes, if the disk is not congested. */
export const allowed: DirectWrites = {
  id: 'allowed',
  label: 'file and anon',
  source: 'v2.6.35-rc2 mm/vmscan.c try_to_free_pages(): may_writepage = !laptop_mode; model.md R3.27, R4.1',
  mayWritepage: true,
  turnsMayWriteOn: true,
  setsDirtyAside: false,
};
