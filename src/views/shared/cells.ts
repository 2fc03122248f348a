import { CELL } from '../../abi/frame.ts';
import { HELD_CELL } from '../../abi/look.ts';
import { type Palette, stateColours } from './palette.ts';

/** From this size on a cell carries its glyphs; below, only its colour can be told apart. */
export const GLYPH_PX = 5;

/**
 * One page as a square: colour from its state; a dot when referenced, a notch at the lower right when it goes to the
 * tail after writing (PG_reclaim), a cut corner when anonymous, a ring when it has gone round dirty before.
 */
export function drawCell(
  ctx: CanvasRenderingContext2D,
  cell: number,
  x: number,
  y: number,
  size: number,
  palette: Palette,
): void {
  const side = size >= 8 ? size - 1.5 : size - 1;
  if (cell === HELD_CELL.KERNEL || cell === HELD_CELL.HUGE) {
    drawHeld(ctx, x, y, side, palette);
    return;
  }
  ctx.fillStyle = stateColours(palette)[(cell & CELL.STATE) as 0 | 1 | 2 | 3];
  ctx.fillRect(x, y, side, side);
  if ((cell & CELL.STATE) === CELL.FREE || size < GLYPH_PX) return;
  if (cell & CELL.ANON) cut(ctx, x, y, side * 0.45, palette.ground);
  if (cell & CELL.RECLAIM) notch(ctx, x + side, y + side, side * 0.45, palette.ground);
  if (cell & CELL.REFERENCED) {
    const dot = side / 3;
    ctx.fillStyle = palette.ink;
    ctx.fillRect(x + (side - dot) / 2, y + (side - dot) / 2, dot, dot);
  }
  if (cell & CELL.LAPPED && size >= 8) {
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = 1;
    ctx.strokeRect(x + 1.5, y + 1.5, side - 3, side - 3);
  }
}

/** The kernel's, or of a huge page: nothing that reclaim could free; struck through. */
function drawHeld(ctx: CanvasRenderingContext2D, x: number, y: number, side: number, palette: Palette): void {
  ctx.fillStyle = palette.unevictable;
  ctx.fillRect(x, y, side, side);
  if (side < GLYPH_PX) return;
  ctx.strokeStyle = palette.ground;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x, y + side);
  ctx.lineTo(x + side, y);
  ctx.stroke();
}

function cut(ctx: CanvasRenderingContext2D, x: number, y: number, leg: number, ground: string): void {
  ctx.fillStyle = ground;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + leg, y);
  ctx.lineTo(x, y + leg);
  ctx.fill();
}

function notch(ctx: CanvasRenderingContext2D, right: number, bottom: number, leg: number, ground: string): void {
  ctx.fillStyle = ground;
  ctx.beginPath();
  ctx.moveTo(right, bottom);
  ctx.lineTo(right - leg, bottom);
  ctx.lineTo(right, bottom - leg);
  ctx.fill();
}

/** How many of `cells` are clean, dirty, under writeback: the words beside a picture come from the same bytes. */
export function countStates(cells: Uint8Array): {
  readonly clean: number;
  readonly dirty: number;
  readonly writeback: number;
} {
  const counts = [0, 0, 0, 0];
  for (const cell of cells) counts[cell & CELL.STATE]!++;
  return { clean: counts[CELL.CLEAN]!, dirty: counts[CELL.DIRTY]!, writeback: counts[CELL.WRITEBACK]! };
}
