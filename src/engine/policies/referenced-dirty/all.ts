import type { ReferencedDirty } from '../../machine/policy/referenced-dirty.ts';

/** Every page with PG_referenced set and no young pte. */
export const all = {
  id: 'all',
  label: '2.6.35: file and anon',
  source: 'v2.6.35-rc2 mm/vmscan.c page_check_references(); model.md R3.8, R3.9',
  sparesAnon: true,
} as const satisfies ReferencedDirty;
