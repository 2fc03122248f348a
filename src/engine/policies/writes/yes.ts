import type { Writes } from '../../machine/policy/writes.ts';

/** If the disk is not congested (R4.1). */
export const yes = {
  id: 'yes',
  label: 'yes',
  source: 'v2.6.35-rc2 mm/vmscan.c try_to_free_pages(): may_writepage = !laptop_mode; model.md R3.27, R4.1',
  ever: true,
  now: () => true,
} as const satisfies Writes;
