import type { BlockReclaim } from '../../machine/policy/blocks.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../../machine/zone.ts';

/** Orders above 3, or any in trouble; references are ignored whenever a block is wanted. */
export const v2635 = {
  id: 'v2.6.35',
  label: '2.6.35: lumpy',
  source: 'v2.6.35-rc2 mm/vmscan.c set_lumpy_reclaim_mode(), page_check_references(); model.md R3.8, R3.14',
  hasCompaction: true,
  isLumpy: (order, priority) => order > PAGE_ALLOC_COSTLY_ORDER || (order > 0 && priority < 10),
  ignoresReferences: (_order, isLumpy) => isLumpy,
  walksBlocks: true,
} as const satisfies BlockReclaim;
