import { CELL, LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';
import { drawCell } from '../shared/cells.ts';
import { type Palette, stateColours, texel } from '../shared/palette.ts';

export type ListName = (typeof LIST_NAMES)[number];

/** The cells of one list, newest first. */
export function cellsOf(frame: MachineFrame, list: ListName): Uint8Array {
  let start = 0;
  for (const [index, name] of LIST_NAMES.entries()) {
    const pages = frame.listPages[index] ?? 0;
    if (name === list) return frame.cells.subarray(start, start + pages);
    start += pages;
  }
  return frame.cells.subarray(0, 0);
}

export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** Column by column, so that x is the order: at least `capacity` cells of `cellPx` height, more when the list is longer. */
export function gridFor(pages: number, capacity: number, heightPx: number, cellPx: number): Grid {
  const rows = Math.max(1, Math.floor(heightPx / cellPx));
  return { rows, columns: Math.max(1, Math.ceil(Math.max(pages, capacity) / rows)) };
}

/** Where page `index` of `pages` lies: the tail at the right edge, so that the next victim never moves. */
export function placeOf(
  index: number,
  pages: number,
  { columns, rows }: Grid,
): { readonly column: number; readonly row: number } {
  const fromTail = pages - 1 - index;
  return { column: columns - 1 - Math.floor(fromTail / rows), row: rows - 1 - (fromTail % rows) };
}

/** Colour of every possible cell byte, so that painting a page is one look-up. */
export function cellTexels(palette: Palette, list: ListName): Uint32Array {
  const colours = stateColours(palette);
  return Uint32Array.from({ length: 256 }, (_, cell) =>
    texel(list === 'unevictable' ? palette.unevictable : colours[(cell & CELL.STATE) as 0 | 1 | 2 | 3]),
  );
}

/** One texel per page, straight into the memory of an ImageData of `grid` size. */
export function paintTexels(
  pixels: Uint32Array,
  cells: Uint8Array,
  grid: Grid,
  texels: Uint32Array,
  empty: number,
): void {
  pixels.fill(empty);
  const { columns, rows } = grid;
  const pages = cells.length;
  for (let fromTail = 0; fromTail < pages; fromTail++) {
    const column = columns - 1 - Math.floor(fromTail / rows);
    const row = rows - 1 - (fromTail % rows);
    pixels[row * columns + column] = texels[cells[pages - 1 - fromTail]!]!;
  }
}

/** The same with room for glyphs. */
export function drawGlyphs(
  ctx: CanvasRenderingContext2D,
  width: number,
  cells: Uint8Array,
  grid: Grid,
  cellPx: number,
  palette: Palette,
): void {
  const step = width / grid.columns;
  for (let index = 0; index < cells.length; index++) {
    const { column, row } = placeOf(index, cells.length, grid);
    drawCell(ctx, cells[index]!, column * step, row * cellPx, Math.min(step, cellPx), palette);
  }
}
