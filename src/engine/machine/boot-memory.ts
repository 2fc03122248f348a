import type { Pages, Pfn } from '../../abi/units.ts';
import { below, createPrng, shuffled } from '../sim/prng.ts';
import type { Buddy } from './buddy.ts';
import { MOVABLE, RESERVE, UNMOVABLE } from './migrate-type.ts';
import type { PageTable } from './page-table.ts';

/** Stream of the seed that places kernel objects; workload tasks have the small numbers. */
const PLACING_STREAM = 0x6b65726e;
/** One kernel object in so many lies alone among movable pages; the others fill pageblocks (R2.7 "a few %": assumed). */
const ALONE_ONE_IN = 100;

export interface BootMemory {
  /** Frames at the bottom that the kernel image and its tables take. */
  readonly reservedPages: Pages;
  /** Kernel objects, scattered. */
  readonly unmovablePages: Pages;
  readonly minWatermark: Pages;
  readonly seed: number;
}

/**
 * Memory as the kernel finds it when the workload begins: its own frames, the RESERVE pageblocks (R2.5), kernel objects at
 * random places (R2.7), all the rest free.
 */
export function bootMemory(pages: PageTable, buddy: Buddy, boot: BootMemory): void {
  for (let pfn = 0; pfn < boot.reservedPages; pfn++) pages.setReserved(pfn);
  setupReserve(pages, buddy, boot.minWatermark);
  placeUnmovable(pages, buddy, boot);
  // Freed from the top, so that the lowest block ends at the head of its list and is handed out first.
  for (let pfn = pages.count - 1; pfn >= boot.reservedPages; pfn--) if (!pages.isReserved(pfn)) buddy.free(pfn, 0);
}

/** setup_zone_migrate_reserve(): the lowest blocks that can ever be free. */
function setupReserve(pages: PageTable, { state }: Buddy, min: Pages): void {
  const blockPages = 1 << state.pageblockOrder;
  let left = Math.min(2, Math.ceil(min / blockPages));
  for (let block = 0; block < state.blockTypes.length && left > 0; block++) {
    if (pages.isReserved(block * blockPages)) continue;
    state.blockTypes[block] = RESERVE;
    left--;
  }
}

function placeUnmovable(pages: PageTable, { state }: Buddy, { unmovablePages, seed }: BootMemory): void {
  const rng = createPrng(seed, PLACING_STREAM);
  const blockPages = 1 << state.pageblockOrder;
  let alone = Math.floor(unmovablePages / ALONE_ONE_IN);
  let left = unmovablePages - alone;
  for (const block of shuffled(rng, state.blockTypes.length)) {
    if (left === 0) break;
    if (state.blockTypes[block] !== MOVABLE || pages.isReserved(block * blockPages)) continue;
    state.blockTypes[block] = UNMOVABLE;
    const end = Math.min((block + 1) * blockPages, pages.count);
    for (let pfn: Pfn = block * blockPages; pfn < end && left > 0; pfn++, left--) pages.setReserved(pfn);
  }
  while (alone > 0) {
    const pfn = below(rng, pages.count);
    if (pages.isReserved(pfn)) continue;
    pages.setReserved(pfn);
    alone--;
  }
}
