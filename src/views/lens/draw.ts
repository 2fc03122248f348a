import { LENS_PAGES, type Lens } from '../../abi/frame.ts';
import { drawCell } from '../shared/cells.ts';
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

export function drawLens(ctx: CanvasRenderingContext2D, size: CssSize, lens: Lens, palette: Palette): void {
  const { width, height } = size;
  const rows = lensRows(size);
  const parts = layLens(lens, rows);
  const last = parts.at(-1);
  const used = last ? last.firstColumn + last.columns : 0;
  const step = Math.min((width * rows) / LENS_PAGES, (height - 2) / rows);
  // The tail end stays at the right edge: that is where the next victim is.
  const left = width - used * step - 1;
  for (const part of parts) {
    for (let i = 0; i < part.cells; i++) {
      const column = part.firstColumn + Math.floor(i / rows);
      const x = left + column * step;
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
