import type { Writes } from '../../machine/policy/writes.ts';

/** Its dirty pages are skipped, whatever else holds. */
export const no = {
  id: 'no',
  label: 'no',
  source: 'RFC 6/6 of 8 June 2010 for reclaimers that are not kswapd; model.md P6.1–P6.6',
  ever: false,
  now: () => false,
} as const satisfies Writes;
