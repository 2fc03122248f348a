import type { BlockReclaim } from '../../machine/policy/blocks.ts';

/** Single pages in LRU order, whatever was asked for: blocks are compaction's work. */
export const none = {
  id: 'none',
  label: '3.5: no lumpy reclaim',
  source: 'v3.5 mm/vmscan.c, where lumpy reclaim is deleted; model.md §9.2',
  hasCompaction: true,
  isLumpy: () => false,
  ignoresReferences: () => false,
  walksBlocks: false,
} as const satisfies BlockReclaim;
