import type { MapFrame } from '../../abi/look.ts';
import type { Pages, Pfn } from '../../abi/units.ts';
import type { CellGrid } from '../shared/cell-grid.ts';
import { GLYPH_PX } from '../shared/cells.ts';
import type { CssSize } from '../shared/use-canvas.ts';

/** Names and lines of the migrate types, above the pages of a band. */
export const TYPES_PX = 19;
/** Below them: how much of a candidate is free, and what it lacks. */
export const LACKS_PX = 21;

/** A row of pageblocks side by side: memory is cut into as many rows as show it largest. */
export interface Band {
  /** Its first frame and its first pageblock. */
  readonly from: Pfn;
  readonly block: number;
  readonly pages: Pages;
  readonly blocks: number;
  /** Where its pages begin, below the names of the types. */
  readonly top: number;
  readonly size: CssSize;
  readonly grid: CellGrid;
  /** Width of a pageblock. */
  readonly blockPx: number;
}

type Memory = Pick<MapFrame, 'cells' | 'pageblockOrder'>;

const BANDS_MAX = 8;
/** Where there are more pages than pixels, rows of columns that stand for stretches. */
const SHARE_BANDS = 3;
const LOWEST_PX = 24;

/**
 * Rows of pageblocks. Pages lie in columns of a power of two, so that a pageblock has whole columns and every free block of
 * the buddy allocator is a rectangle. `dots`: device pixels per CSS pixel.
 */
export function bandsOf({ cells, pageblockOrder }: Memory, { width, height }: CssSize, dots = 1): readonly Band[] {
  const perBlock = 1 << pageblockOrder;
  const blocks = Math.max(1, Math.ceil(cells.length / perBlock));
  const shape = largest(blocks, perBlock, width, height);
  const isShares = shape.cellPx * dots < 1;
  const rowsOfBlocks = isShares ? Math.min(SHARE_BANDS, blocks) : shape.bands;
  const perBand = Math.ceil(blocks / rowsOfBlocks);
  const count = Math.ceil(blocks / perBand);
  const step = height / count;
  return Array.from({ length: count }, (_, at) => {
    const block = at * perBand;
    const from = block * perBlock;
    const own = Math.min(perBand, blocks - block);
    const pages = Math.min(own * perBlock, cells.length - from);
    // A last row that is not full is as much narrower.
    const size = { width: (width * own) / perBand, height: step - TYPES_PX - LACKS_PX };
    const grid = isShares ? shares(pages, size) : folded(pages, own * perBlock, shape);
    return { from, block, pages, blocks: own, top: at * step + TYPES_PX, size, grid, blockPx: width / perBand };
  });
}

interface Shape {
  readonly bands: number;
  readonly rows: number;
  readonly cellPx: number;
}

/** The number of bands and of pages in a column with which a page is largest; of equals that with the squarest blocks. */
function largest(blocks: number, perBlock: number, width: number, height: number): Shape {
  let best: Shape & { readonly skew: number } = { bands: 1, rows: Math.min(64, perBlock), cellPx: 0, skew: 0 };
  for (let bands = 1; bands <= Math.min(BANDS_MAX, blocks); bands++) {
    const perBand = Math.ceil(blocks / bands);
    const tall = height / bands - TYPES_PX - LACKS_PX;
    if (tall < LOWEST_PX) break;
    for (let rows = 1; rows <= perBlock; rows *= 2) {
      const cellPx = Math.min((width * rows) / (perBand * perBlock), tall / rows);
      const skew = Math.abs(Math.log(width / perBand / tall));
      const gain = cellPx / Math.max(best.cellPx, 1e-9);
      if (gain > 1.05 || (gain > 0.95 && skew < best.skew)) best = { bands, rows, cellPx, skew };
    }
  }
  return best;
}

const folded = (pages: Pages, room: Pages, { rows, cellPx }: Shape): CellGrid => ({
  mode: cellPx >= GLYPH_PX ? 'glyphs' : 'texels',
  pages,
  columns: Math.ceil(room / rows),
  rows,
  perColumn: rows,
  fromEnd: false,
});

function shares(pages: Pages, { width, height }: CssSize): CellGrid {
  const columns = Math.max(1, Math.floor(width));
  const rows = Math.max(1, Math.floor(height));
  return { mode: 'shares', pages, columns, rows, perColumn: pages / columns, fromEnd: false };
}
