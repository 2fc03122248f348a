import { CELL } from '../../abi/frame.ts';
import { HELD_CELL } from '../../abi/look.ts';
import { type CellGrid, drawGlyphs, paintTexels } from './cell-grid.ts';
import { type Palette, stateColours, texel } from './palette.ts';
import { paintShares, type ShareTexels } from './shares.ts';
import { type CssSize, sharpen } from './use-canvas.ts';

/** Colour of every possible cell byte, so that painting a page is one look-up. */
export function cellTexels(palette: Palette, empty: string, isUnevictable: boolean): Uint32Array {
  const colours = stateColours(palette);
  return Uint32Array.from({ length: 256 }, (_, cell) => {
    if (isUnevictable || cell === HELD_CELL.KERNEL || cell === HELD_CELL.HUGE) return texel(palette.unevictable);
    const state = (cell & CELL.STATE) as 0 | 1 | 2 | 3;
    return texel(state === CELL.FREE ? empty : colours[state]);
  });
}

/** Paints pages onto a canvas; keeps the picture's memory and the colours from frame to frame. */
export class CellPainter {
  private image: ImageData | undefined;
  private palette: Palette | undefined;
  private colours: Uint32Array = new Uint32Array(0);
  private shares: ShareTexels = { writeback: 0, dirty: 0, clean: 0, held: 0, empty: 0 };
  private readonly isUnevictable: boolean;
  /** What is not there is sunken; a free frame of memory has a colour of its own. */
  private readonly emptyIs: 'sunken' | 'free';

  constructor(isUnevictable = false, emptyIs: 'sunken' | 'free' = 'sunken') {
    this.isUnevictable = isUnevictable;
    this.emptyIs = emptyIs;
  }

  paint(canvas: HTMLCanvasElement, size: CssSize, cells: Uint8Array, grid: CellGrid, palette: Palette): void {
    const ctx = canvas.getContext('2d');
    if (!ctx) return;
    this.mix(palette);
    if (grid.mode === 'glyphs') {
      sharpen(canvas, ctx, size);
      drawGlyphs(ctx, size, cells, grid, palette);
      return;
    }
    const { columns, rows } = grid;
    if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
    if (this.image?.width !== columns || this.image.height !== rows) this.image = ctx.createImageData(columns, rows);
    const pixels = new Uint32Array(this.image.data.buffer);
    if (grid.mode === 'texels') paintTexels(pixels, cells, grid, this.colours, this.shares.empty);
    else paintShares(pixels, grid, cells, this.shares);
    ctx.putImageData(this.image, 0, 0);
  }

  private mix(palette: Palette): void {
    if (this.palette === palette) return;
    this.palette = palette;
    const empty = palette[this.emptyIs];
    this.colours = cellTexels(palette, empty, this.isUnevictable);
    this.shares = {
      writeback: this.colours[CELL.WRITEBACK]!,
      dirty: this.colours[CELL.DIRTY]!,
      clean: this.colours[CELL.CLEAN]!,
      held: this.colours[HELD_CELL.KERNEL]!,
      empty: texel(empty),
    };
  }
}
