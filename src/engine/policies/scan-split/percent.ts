import type { ScanSplit } from '../../machine/policy/scanning.ts';

/** Whole per cent: a share below 1 % is nothing. */
export const percent = {
  id: 'percent',
  label: '2.6.34: whole per cent',
  source: 'v2.6.34 mm/vmscan.c get_scan_ratio(); model.md §0.3-2',
  fraction: (anon, file) => {
    const share = Math.floor((100 * anon) / (anon + file + 1));
    return { anon: share, file: 100 - share, denominator: 100 };
  },
} as const satisfies ScanSplit;
