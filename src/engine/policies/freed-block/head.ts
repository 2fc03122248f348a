import type { FreedBlock } from '../../machine/policy/blocks.ts';

/** At the head, to be handed out next, however close it is to a larger block. */
export const head = {
  id: 'head',
  label: '2.6.34: at the head',
  source: 'v2.6.34 mm/page_alloc.c __free_one_page(); model.md §0.3-5',
  waitsToMerge: false,
} as const satisfies FreedBlock;
