import type { SkippedDirty } from '../../machine/policy/skipped-dirty.ts';

/** Another lap, in its place among the kept pages. */
export const inPlace = {
  id: 'in-place',
  label: 'another lap',
  source: 'v2.6.35-rc2 mm/vmscan.c shrink_page_list() keep_locked; V6 5/6 of 30 July 2010; model.md R3.24, R3.26',
  setsAside: false,
  activates: false,
  tagsReclaim: false,
  hasOwnList: false,
} as const satisfies SkippedDirty;
