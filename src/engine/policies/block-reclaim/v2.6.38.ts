import type { BlockReclaim } from '../../machine/policy/blocks.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../../machine/zone.ts';

/** Compaction does it where there is any: reclaim then frees single pages for it. */
export const v2638 = {
  id: 'v2.6.38',
  label: '2.6.38: lumpy only without compaction',
  source: 'v2.6.38 mm/vmscan.c set_reclaim_mode(): COMPACTION_BUILD; model.md §9.1',
  hasCompaction: true,
  isLumpy: (order, priority, compacts) =>
    !compacts && (order > PAGE_ALLOC_COSTLY_ORDER || (order > 0 && priority < 10)),
  ignoresReferences: (_order, isLumpy) => isLumpy,
  walksBlocks: true,
} as const satisfies BlockReclaim;
