import type { SkippedDirty } from '../../machine/policy/skipped-dirty.ts';

/** Another lap, on a list of its own during the pass and put back first. */
export const aside = {
  id: 'aside',
  label: 'another lap, put back first',
  source: 'RFC 6/6 of 8 June 2010, V2 12/12, V3 12/14 (dirty_pages); model.md P6.2, P6.6',
  setsAside: true,
  activates: false,
  tagsReclaim: false,
  hasOwnList: false,
} as const satisfies SkippedDirty;
