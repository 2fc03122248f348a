import { CELL, type MachineFrame } from '../../abi/frame.ts';
import type { StripFrame } from '../../abi/look.ts';
import { boxOf, type CellGrid, gridFor, pageAt } from '../shared/cell-grid.ts';
import { layerOf } from '../shared/cell-layers.ts';
import { group } from '../shared/format.ts';
import { type Lit, outline, veil } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';

/** A row of the picture: one file, or several small ones that share it; or all of memory. */
export interface Row {
  readonly label: string;
  /** Its cells are those of the frame from here on. */
  readonly from: number;
  readonly pages: number;
  readonly top: number;
  readonly height: number;
}

/** Names of files stand in a column at the left. */
const LABEL_PX = 78;
const TEXT_PX = 14;
const GAP_PX = 4;

/** Rows from top to bottom, one per file; where there are too many for the height, neighbours share one. */
export function rowsOf(strips: readonly StripFrame[], heightPx: number): readonly Row[] {
  const most = Math.max(1, Math.floor((heightPx + GAP_PX) / (TEXT_PX + GAP_PX)));
  const perRow = Math.max(1, Math.ceil(strips.length / most));
  const rows = Math.ceil(strips.length / perRow);
  const step = (heightPx + GAP_PX) / Math.max(1, rows);
  let from = 0;
  return Array.from({ length: rows }, (_, row) => {
    const own = strips.slice(row * perRow, (row + 1) * perRow);
    const pages = own.reduce((sum, strip) => sum + strip.pages, 0);
    const top = Math.round(row * step);
    const line = { label: labelOf(own), from, pages, top, height: Math.round((row + 1) * step) - GAP_PX - top };
    from += pages;
    return line;
  });
}

function labelOf([first, ...others]: readonly StripFrame[]): string {
  if (!first) return '';
  if (first.kind === 'memory') return '';
  return others.length === 0 ? first.name : `${first.name} +${others.length}`;
}

interface Plot {
  readonly left: number;
  readonly size: CssSize;
  readonly grid: CellGrid;
}

function plotOf({ label, pages, height }: Row, width: number): Plot {
  const left = label ? LABEL_PX : 0;
  const size = { width: width - left, height };
  return { left, size, grid: gridFor(pages, pages, size, false) };
}

export function drawRows(ctx: CanvasRenderingContext2D, size: CssSize, frame: MachineFrame, palette: Look): void {
  rowsOf(frame.strips, size.height).forEach((row, at) => {
    const { left, size: plot, grid } = plotOf(row, size.width);
    const cells = frame.cells.subarray(row.from, row.from + row.pages);
    ctx.fillStyle = palette.sunken;
    ctx.fillRect(left, row.top, plot.width, plot.height);
    const layer = layerOf(ctx, at, frame.order === 'pfn' ? 'free' : 'sunken');
    layer.paint(ctx, left, row.top, plot, cells, grid, palette);
    if (row.label) drawLabel(ctx, row, dirtyOf(cells), palette);
  });
}

function drawLabel(ctx: CanvasRenderingContext2D, row: Row, dirty: number, palette: Look): void {
  const isTall = row.height >= 2 * TEXT_PX;
  const middle = row.top + row.height / 2;
  ctx.textBaseline = 'middle';
  ctx.font = palette.font;
  ctx.fillStyle = palette.text;
  ctx.fillText(fitted(ctx, row.label, LABEL_PX - 8), 0, isTall ? middle - TEXT_PX / 2 : middle);
  if (!isTall) return;
  ctx.fillStyle = palette.muted;
  ctx.fillText(`${group(dirty)} dirty`, 0, middle + TEXT_PX / 2);
}

/** A name that is too long ends in dots. */
function fitted(ctx: CanvasRenderingContext2D, name: string, width: number): string {
  if (ctx.measureText(name).width <= width) return name;
  let length = name.length;
  while (length > 1 && ctx.measureText(`${name.slice(0, length)}…`).width > width) length--;
  return `${name.slice(0, length)}…`;
}

export function dirtyOf(cells: Uint8Array): number {
  let dirty = 0;
  for (const cell of cells) if ((cell & CELL.STATE) === CELL.DIRTY) dirty++;
  return dirty;
}

/** The cell of the frame at a point of the picture. */
export function placeInRows(x: number, y: number, size: CssSize, frame: MachineFrame): number | undefined {
  const row = rowsOf(frame.strips, size.height).find(({ top, height }) => y >= top && y < top + height);
  if (!row) return undefined;
  const { left, size: plot, grid } = plotOf(row, size.width);
  const at = x < left ? undefined : pageAt(grid, plot, x - left, y - row.top);
  return at === undefined ? undefined : row.from + at;
}

export function markRows(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  frame: MachineFrame,
  lit: readonly Lit[],
  palette: Look,
): void {
  for (const row of rowsOf(frame.strips, size.height)) {
    const { left, size: plot, grid } = plotOf(row, size.width);
    ctx.save();
    ctx.translate(left, row.top);
    for (const { found } of lit)
      if (found?.cells) veil(ctx, plot, grid, found.cells.subarray(row.from, row.from + row.pages), palette);
    for (const { found, isPinned } of lit) {
      const at = (found?.page?.at ?? -1) - row.from;
      if (at >= 0 && at < row.pages) outline(ctx, boxOf(at, grid, plot), palette, isPinned);
    }
    ctx.restore();
  }
}
