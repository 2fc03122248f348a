import type { BlockReclaim } from '../../machine/policy/blocks.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../../machine/zone.ts';

/** Orders above 3, or any in trouble; but the references of small blocks are honoured. */
export const v2634 = {
  id: 'v2.6.34',
  label: '2.6.34: lumpy, references ignored above order 3',
  source: 'v2.6.34 mm/vmscan.c page_check_references(), shrink_inactive_list(); model.md §0.3-1',
  hasCompaction: false,
  isLumpy: (order, priority) => order > PAGE_ALLOC_COSTLY_ORDER || (order > 0 && priority < 10),
  ignoresReferences: (order) => order > PAGE_ALLOC_COSTLY_ORDER,
  walksBlocks: true,
} as const satisfies BlockReclaim;
