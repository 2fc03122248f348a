import type { Pages } from '../../abi/units.ts';
import { type BuddyState, createBuddy, MAX_ORDER } from './buddy.ts';
import { createLruSet, type LruSet } from './lru.ts';

/** Above this order an allocation may fail, and reclaim takes what lies in the way (model.md §0.1). */
export const PAGE_ALLOC_COSTLY_ORDER = 3;

/** The one zone of the machine. */
export interface Zone {
  readonly presentPages: Pages;
  readonly min: Pages;
  readonly low: Pages;
  readonly high: Pages;
  readonly buddy: BuddyState;
  readonly lru: LruSet;
  /** Pages scanned since a page was last freed to the buddy lists (R3.31). */
  pagesScanned: Pages;
  allUnreclaimable: boolean;
  /** ZONE_CONGESTED: every dirty page of a batch was refused by its disk. */
  congested: boolean;
}

export interface Watermarks {
  readonly min: Pages;
  readonly low: Pages;
  readonly high: Pages;
}

/**
 * Watermarks of a machine with one zone, in pages.
 * @see mm/page_alloc.c init_per_zone_wmark_min(), setup_per_zone_wmarks(): model.md R1.4, R1.5
 * @remarks Not modelled: HIGHMEM, several zones, lowmem_reserve (R1.3 is 0 with one zone).
 */
export function watermarksOf(presentPages: Pages): Watermarks {
  const minFreeKbytes = Math.min(65536, Math.max(128, Math.floor(Math.sqrt(16 * presentPages * 4))));
  const min = minFreeKbytes >> 2;
  return { min, low: min + (min >> 2), high: min + (min >> 1) };
}

export function createZone(presentPages: Pages, pageblockOrder?: number): Zone {
  return {
    presentPages,
    ...watermarksOf(presentPages),
    buddy: createBuddy(presentPages, pageblockOrder),
    lru: createLruSet(),
    pagesScanned: 0,
    allUnreclaimable: false,
    congested: false,
  };
}

/** Which reserves an allocation may dig into. */
export interface WatermarkFlags {
  readonly allocHigh?: boolean;
  readonly allocHarder?: boolean;
}

/** mm/page_alloc.c zone_watermark_ok(): model.md R1.6. Strictly more than the mark, halved per higher order. */
export function zoneWatermarkOk(
  buddy: Pick<BuddyState, 'freePages' | 'blocks'>,
  order: number,
  mark: Pages,
  flags: WatermarkFlags = {},
): boolean {
  let free = buddy.freePages - (1 << order) + 1;
  let least = mark;
  if (flags.allocHigh) least -= least >> 1;
  if (flags.allocHarder) least -= least >> 2;
  if (free <= least) return false;
  for (let below = 0; below < order && below < MAX_ORDER; below++) {
    free -= buddy.blocks[below]! << below;
    least >>= 1;
    if (free <= least) return false;
  }
  return true;
}
