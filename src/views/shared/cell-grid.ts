import { CELL } from '../../abi/frame.ts';
import { drawCell, GLYPH_PX } from './cells.ts';
import type { Palette } from './palette.ts';
import type { CssSize } from './use-canvas.ts';

/**
 * Where pages are drawn: in columns from top to bottom, so that x is the order. As squares with glyphs where there is room,
 * else as texels; where there are more pages than pixels, each column stands for a stretch of pages (shares.ts).
 */
export interface CellGrid {
  readonly mode: 'glyphs' | 'texels' | 'shares';
  readonly pages: number;
  readonly columns: number;
  readonly rows: number;
  /** Pages that a column holds: as many as rows, but where it stands for a stretch. */
  readonly perColumn: number;
  /** The last page lies at the lower right, so that it never moves; else the first at the upper left. */
  readonly fromEnd: boolean;
}

/** Pages are this high, or half of it if they would be too many. */
const TEXEL_PX = 2;

/** Room for `capacity` pages of the same size; more than that are drawn smaller. `dots`: device pixels per CSS pixel. */
export function gridFor(
  pages: number,
  capacity: number,
  { width, height }: CssSize,
  fromEnd: boolean,
  dots = 1,
): CellGrid {
  const room = Math.max(capacity, pages, 1);
  const square = Math.floor(Math.sqrt((width * height) / room));
  if (square >= GLYPH_PX) return { mode: 'glyphs', ...fold(room, height, square), pages, fromEnd };
  for (const tall of [Math.max(TEXEL_PX, square), TEXEL_PX / 2]) {
    const folded = fold(room, height, tall);
    if (folded.columns <= width * dots) return { mode: 'texels', ...folded, pages, fromEnd };
  }
  const columns = Math.max(1, Math.floor(width));
  return { mode: 'shares', rows: Math.max(1, Math.floor(height)), columns, perColumn: room / columns, pages, fromEnd };
}

function fold(room: number, height: number, cellPx: number): Pick<CellGrid, 'rows' | 'columns' | 'perColumn'> {
  const rows = Math.max(1, Math.floor(height / cellPx));
  return { rows, columns: Math.max(1, Math.ceil(room / rows)), perColumn: rows };
}

export interface Place {
  readonly column: number;
  readonly row: number;
}

/** Where page `index` lies; in shares a whole column is its place. */
export function placeOf(index: number, { mode, pages, columns, rows, perColumn, fromEnd }: CellGrid): Place {
  const at = fromEnd ? pages - 1 - index : index;
  const column = Math.min(columns - 1, Math.floor(at / perColumn));
  const row = mode === 'shares' ? 0 : at % rows;
  return fromEnd ? { column: columns - 1 - column, row: mode === 'shares' ? 0 : rows - 1 - row } : { column, row };
}

/** The page at a point of a picture of that size; undefined where none is drawn. */
export function pageAt(grid: CellGrid, size: CssSize, x: number, y: number): number | undefined {
  const { mode, pages, columns, rows, perColumn, fromEnd } = grid;
  const column = Math.floor((x / size.width) * columns);
  const row = Math.floor(y / rowPx(grid, size));
  if (column < 0 || column >= columns || row < 0 || row >= rows) return undefined;
  const across = fromEnd ? columns - 1 - column : column;
  const down = fromEnd ? rows - 1 - row : row;
  const first = Math.floor(across * perColumn);
  if (first >= pages) return undefined;
  // Of a stretch, the page in its middle.
  const at = mode === 'shares' ? Math.min(pages - 1, Math.floor(first + perColumn / 2)) : first + down;
  if (at >= pages) return undefined;
  return fromEnd ? pages - 1 - at : at;
}

/** Texels are stretched over the picture; squares stay squares. */
const rowPx = ({ mode, columns, rows }: CellGrid, { width, height }: CssSize): number =>
  mode === 'glyphs' ? Math.min(width / columns, height / rows) : height / rows;

/** The box of a page in CSS pixels. */
export function boxOf(
  index: number,
  grid: CellGrid,
  size: CssSize,
): { readonly x: number; readonly y: number; readonly wide: number; readonly tall: number } {
  const { column, row } = placeOf(index, grid);
  const wide = size.width / grid.columns;
  if (grid.mode === 'shares') return { x: column * wide, y: 0, wide, tall: size.height };
  const tall = rowPx(grid, size);
  return { x: column * wide, y: row * tall, wide: grid.mode === 'glyphs' ? Math.min(wide, tall) : wide, tall };
}

/** One texel per page, straight into the memory of an ImageData of the grid's size. */
export function paintTexels(
  pixels: Uint32Array,
  cells: Uint8Array,
  { columns, rows, pages, fromEnd }: CellGrid,
  texels: Uint32Array,
  empty: number,
): void {
  pixels.fill(empty);
  for (let at = 0; at < pages; at++) {
    const across = Math.floor(at / rows);
    const down = at % rows;
    if (fromEnd) pixels[(rows - 1 - down) * columns + columns - 1 - across] = texels[cells[pages - 1 - at]!]!;
    else pixels[down * columns + across] = texels[cells[at]!]!;
  }
}

/** The same with room for glyphs. */
export function drawGlyphs(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  cells: Uint8Array,
  grid: CellGrid,
  palette: Palette,
): void {
  const side = rowPx(grid, size);
  const step = size.width / grid.columns;
  for (let index = 0; index < cells.length; index++) {
    if (cells[index] === CELL.FREE && !grid.fromEnd) continue; // not in memory: the ground shows
    const { column, row } = placeOf(index, grid);
    drawCell(ctx, cells[index]!, column * step, row * side, Math.min(step, side), palette);
  }
}
