import type { Bytes, Pages } from '../../abi/units.ts';
import { type BuddyState, createBuddy } from './buddy.ts';
import type { MachineConfig } from './config.ts';
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
  /** What kswapd's last pass met at the tail (PGDAT_DIRTY, PGDAT_WRITEBACK, LRUVEC_CONGESTED): forgotten when the zone is above high. */
  tailIsDirty: boolean;
  tailIsWriteback: boolean;
  tailIsRecycled: boolean;
  /** Who stalls in reclaim_throttle(WRITEBACK), and the pages completed when the first one began. */
  writebackThrottled: number;
  throttledSince: Pages;
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
export function watermarksOf(presentPages: Pages, pageBytes: Bytes): Watermarks {
  const pageKib = pageBytes >> 10;
  const minFreeKbytes = Math.min(65536, Math.max(128, Math.floor(Math.sqrt(16 * presentPages * pageKib))));
  const min = Math.floor(minFreeKbytes / pageKib);
  return { min, low: min + (min >> 2), high: min + (min >> 1) };
}

export function createZone(config: MachineConfig): Zone {
  const { totalPages: presentPages, pageBytes, pageblockOrder, maxOrder } = config;
  return {
    presentPages,
    ...watermarksOf(presentPages, pageBytes),
    buddy: createBuddy(presentPages, pageblockOrder, maxOrder),
    lru: createLruSet(),
    pagesScanned: 0,
    allUnreclaimable: false,
    congested: false,
    tailIsDirty: false,
    tailIsWriteback: false,
    tailIsRecycled: false,
    writebackThrottled: 0,
    throttledSince: 0,
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
  for (let below = 0; below < order; below++) {
    free -= buddy.blocks[below]! << below;
    least >>= 1;
    if (free <= least) return false;
  }
  return true;
}
