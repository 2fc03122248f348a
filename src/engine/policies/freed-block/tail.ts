import type { FreedBlock } from '../../machine/policy/blocks.ts';

/** At the tail while its next larger buddy is free. */
export const tail = {
  id: 'tail',
  label: '2.6.35: at the tail if it may merge soon',
  source: 'v2.6.35-rc2 mm/page_alloc.c __free_one_page(); model.md R2.3, §0.3-5',
  waitsToMerge: true,
} as const satisfies FreedBlock;
