import { LENS_PAGES, type Lens, type MachineFrame } from '../../abi/frame.ts';
import { drawCell } from '../shared/cells.ts';
import { type Box, type Lit, outline } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import type { Palette } from '../shared/palette.ts';
import type { CssSize } from '../shared/use-canvas.ts';

/** Two rows of 128 where there is room, else four or eight: whatever makes the cells largest. */
export function lensRows({ width, height }: CssSize): number {
  const cell = (rows: number) => Math.min((width * rows) / LENS_PAGES, height / rows);
  return [2, 4, 8].reduce((best, rows) => (cell(rows) > cell(best) ? rows : best));
}

export interface LensPart {
  readonly fromCell: number;
  readonly cells: number;
  readonly firstColumn: number;
  readonly columns: number;
  readonly letter: string | undefined;
}

/** The list's own pages first, then each isolated batch in columns of its own, so that a bracket encloses it exactly. */
export function layLens({ cells, batches }: Lens, rows: number): readonly LensPart[] {
  const held = batches.reduce((sum, batch) => sum + batch.pages, 0);
  const parts: LensPart[] = [];
  let fromCell = 0;
  let firstColumn = 0;
  const add = (pages: number, letter: string | undefined) => {
    const columns = Math.ceil(pages / rows);
    parts.push({ fromCell, cells: pages, firstColumn, columns, letter });
    fromCell += pages;
    firstColumn += columns;
  };
  add(Math.max(0, cells.length - held), undefined);
  for (const batch of batches) add(Math.min(batch.pages, cells.length - fromCell), batch.letter);
  return parts;
}

export interface LensLayout {
  readonly parts: readonly LensPart[];
  readonly rows: number;
  readonly step: number;
  readonly left: number;
}

/** The tail end stays at the right edge: that is where the next victim is. */
export function layoutOf(size: CssSize, lens: Lens): LensLayout {
  const rows = lensRows(size);
  const parts = layLens(lens, rows);
  const last = parts.at(-1);
  const used = last ? last.firstColumn + last.columns : 0;
  const step = Math.min((size.width * rows) / LENS_PAGES, (size.height - 2) / rows);
  return { parts, rows, step, left: size.width - used * step - 1 };
}

/** Upper left corner of a page. */
export function placeOf({ parts, rows, step, left }: LensLayout, at: number): { x: number; y: number } | undefined {
  const part = parts.find(({ fromCell, cells }) => at >= fromCell && at < fromCell + cells);
  if (!part) return undefined;
  const i = at - part.fromCell;
  return { x: left + (part.firstColumn + Math.floor(i / rows)) * step, y: (i % rows) * step + 1 };
}

/** The page at a point: an index into the lens's cells. */
export function pageAt({ parts, rows, step, left }: LensLayout, x: number, y: number): number | undefined {
  const column = Math.floor((x - left) / step);
  const row = Math.floor((y - 1) / step);
  const part = parts.find(({ firstColumn, columns }) => column >= firstColumn && column < firstColumn + columns);
  if (!part || row < 0 || row >= rows) return undefined;
  const i = (column - part.firstColumn) * rows + row;
  return i < part.cells ? part.fromCell + i : undefined;
}

export function drawLens(ctx: CanvasRenderingContext2D, size: CssSize, lens: Lens, palette: Palette): void {
  const layout = layoutOf(size, lens);
  const { parts, rows, step, left } = layout;
  for (const part of parts) {
    for (let i = 0; i < part.cells; i++) {
      const x = left + (part.firstColumn + Math.floor(i / rows)) * step;
      if (x > -step) drawCell(ctx, lens.cells[part.fromCell + i] ?? 0, x, (i % rows) * step + 1, step, palette);
    }
  }
  ctx.strokeStyle = palette.isolated;
  ctx.lineWidth = 1.5;
  for (const { letter, firstColumn, columns } of parts) {
    if (letter !== undefined && columns > 0) {
      ctx.strokeRect(left + firstColumn * step - 0.75, 0.75, columns * step, rows * step);
    }
  }
}

/** Lit pages framed; of a group or a request all others step back. A lit task's batch is framed whole. */
export function markLens(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  { lens, tasks }: Pick<MachineFrame, 'lens' | 'tasks'>,
  lit: readonly Lit[],
  palette: Look,
): void {
  const layout = layoutOf(size, lens);
  const { parts, rows, step, left } = layout;
  const box = (at: number) => ({ x: 0, y: 0, ...placeOf(layout, at), wide: step - 1, tall: step - 1 });
  for (const { thing, found, isPinned } of lit) {
    found?.lens?.forEach((one, at) => {
      if (one === 0) stepBack(ctx, box(at), palette);
    });
    const at = found?.page?.lensAt ?? -1;
    if (at >= 0) outline(ctx, box(at), palette, isPinned);
    const letter = thing.kind === 'task' ? tasks.find(({ id }) => id === thing.id)?.letter : undefined;
    for (const part of parts)
      if (letter !== undefined && part.letter === letter)
        outline(
          ctx,
          { x: left + part.firstColumn * step, y: 1, wide: part.columns * step - 1, tall: rows * step - 2 },
          palette,
          isPinned,
        );
  }
}

function stepBack(ctx: CanvasRenderingContext2D, { x, y, wide, tall }: Box, palette: Look): void {
  ctx.globalAlpha = 0.7;
  ctx.fillStyle = palette.ground;
  ctx.fillRect(x, y, wide, tall);
  ctx.globalAlpha = 1;
}
