import type { ScanSplit } from '../../machine/policy/scanning.ts';

/** The weights themselves. */
export const fraction = {
  id: 'fraction',
  label: '2.6.35: exact fraction',
  source: 'v2.6.35-rc2 mm/vmscan.c get_scan_count(); model.md R3.18, R3.19',
  fraction: (anon, file) => ({ anon, file, denominator: anon + file + 1 }),
} as const satisfies ScanSplit;
