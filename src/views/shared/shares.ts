import { CELL } from '../../abi/frame.ts';
import { HELD_CELL } from '../../abi/look.ts';
import type { CellGrid } from './cell-grid.ts';

/** What a column is stacked of, from its foot up: dirty pages stand on the ground, where their heights compare. */
export interface ShareTexels {
  readonly writeback: number;
  readonly dirty: number;
  readonly clean: number;
  readonly held: number;
  /** Free, or not in memory. */
  readonly empty: number;
}

/**
 * More pages than pixels: each column stands for a stretch of pages and is stacked of their shares. A state that is there
 * at all gets a pixel.
 */
export function paintShares(pixels: Uint32Array, grid: CellGrid, cells: Uint8Array, texels: ShareTexels): void {
  const { columns, rows, perColumn, pages, fromEnd } = grid;
  const counts = { writeback: 0, dirty: 0, clean: 0, held: 0 };
  pixels.fill(texels.empty);
  for (let across = 0; across * perColumn < pages && across < columns; across++) {
    const near = Math.floor(across * perColumn);
    const far = Math.min(pages, Math.max(near + 1, Math.floor((across + 1) * perColumn)));
    if (fromEnd) countStretch(cells, pages - far, pages - near, counts);
    else countStretch(cells, near, far, counts);
    const column = fromEnd ? columns - 1 - across : across;
    let row = rows - 1;
    for (const state of STACK) {
      const high = counts[state] === 0 ? 0 : Math.max(1, Math.round((counts[state] / (far - near)) * rows));
      for (const top = Math.max(-1, row - high); row > top; row--) pixels[row * columns + column] = texels[state];
    }
  }
}
const STACK = ['writeback', 'dirty', 'clean', 'held'] as const;

function countStretch(
  cells: Uint8Array,
  from: number,
  to: number,
  counts: Record<(typeof STACK)[number], number>,
): void {
  counts.writeback = counts.dirty = counts.clean = counts.held = 0;
  for (let at = from; at < to; at++) {
    const state = cells[at]! & CELL.STATE;
    if (state === CELL.DIRTY) counts.dirty++;
    else if (state === CELL.CLEAN) counts.clean++;
    else if (state === CELL.WRITEBACK) counts.writeback++;
    else if (cells[at] === HELD_CELL.KERNEL || cells[at] === HELD_CELL.HUGE) counts.held++;
  }
}
