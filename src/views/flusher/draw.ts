import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { ROW_PX, type Row } from './rows.ts';

const BAR_PX = 7;

/** Beside each inode its dirty pages and those under writeback, on one scale for all of them: the largest inode fills the width. */
export function drawInodes(
  ctx: CanvasRenderingContext2D,
  { width }: CssSize,
  rows: readonly Row[],
  palette: Look,
): void {
  const inodes = rows.flatMap((row) => (row.kind === 'inode' ? [row.inode] : []));
  const most = Math.max(1, ...inodes.map(({ dirtyPages, writebackPages }) => dirtyPages + writebackPages));
  rows.forEach((row, at) => {
    if (row.kind !== 'inode') return;
    const y = at * ROW_PX + (ROW_PX - BAR_PX) / 2;
    ctx.fillStyle = palette.free;
    ctx.fillRect(0, y, width, BAR_PX);
    let x = 0;
    for (const [pages, colour] of [
      [row.inode.dirtyPages, palette.dirty],
      [row.inode.writebackPages, palette.writeback],
    ] as const) {
      const wide = pages === 0 ? 0 : Math.max(1, (pages / most) * width);
      ctx.fillStyle = colour;
      ctx.fillRect(x, y, wide, BAR_PX);
      x += wide;
    }
  });
}
