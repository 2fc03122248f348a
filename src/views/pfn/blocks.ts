import { HELD_CELL, type MapFrame, MIGRATE_TYPES } from '../../abi/look.ts';
import type { Pages } from '../../abi/units.ts';

type Blocks = Pick<MapFrame, 'cells' | 'pageblockOrder' | 'types' | 'free' | 'held'>;

/** What a pageblock is to somebody who wants a huge page. */
export type BlockState =
  /** The kernel holds a page in it, or memory ends in it: it can become none. */
  | { readonly kind: 'held' }
  /** It is one. */
  | { readonly kind: 'huge' }
  /** Every page in it is free or could be freed; so many are not free yet. */
  | { readonly kind: 'candidate'; readonly lacks: Pages };

export function blockState({ cells, pageblockOrder, free, held }: Blocks, block: number): BlockState {
  const pages = 1 << pageblockOrder;
  if (cells[block * pages] === HELD_CELL.HUGE && held[block] === pages) return { kind: 'huge' };
  const isWhole = (block + 1) * pages <= cells.length;
  if (held[block]! > 0 || !isWhole) return { kind: 'held' };
  return { kind: 'candidate', lacks: pages - free[block]! };
}

export interface Candidates {
  readonly blocks: number;
  readonly candidates: number;
  /** Pages that the nearest candidate lacks; undefined where there is none. */
  readonly least: Pages | undefined;
}

export function candidatesOf(map: Blocks): Candidates {
  let candidates = 0;
  let least: Pages | undefined;
  for (let block = 0; block < map.types.length; block++) {
    const state = blockState(map, block);
    if (state.kind !== 'candidate') continue;
    candidates++;
    least = Math.min(least ?? state.lacks, state.lacks);
  }
  return { blocks: map.types.length, candidates, least };
}

/** How many pageblocks are of each of MIGRATE_TYPES. */
export function typeCounts({ types }: Pick<MapFrame, 'types'>): readonly number[] {
  const counts = MIGRATE_TYPES.map(() => 0);
  for (const type of types) counts[type]!++;
  return counts;
}

/** Frames held by the kernel, and by huge pages. */
export function heldPages({ cells }: Pick<MapFrame, 'cells'>): { readonly kernel: Pages; readonly huge: Pages } {
  let kernel = 0;
  let huge = 0;
  for (const cell of cells) {
    if (cell === HELD_CELL.KERNEL) kernel++;
    else if (cell === HELD_CELL.HUGE) huge++;
  }
  return { kernel, huge };
}

/** Pages that are free: nr_free of each order, times its size. */
export const freePages = (freeBlocks: readonly number[]): Pages =>
  freeBlocks.reduce((sum, blocks, order) => sum + blocks * 2 ** order, 0);
