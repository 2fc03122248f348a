import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { type Split, wholeOf } from './split.ts';

const BAR_PX = 8;

/** A bar in the middle of each row, as long as the drive's time: seek, rotate, transfer from dark to light on paper, with a line between them. */
export function drawSplits(
  ctx: CanvasRenderingContext2D,
  { width, height }: CssSize,
  splits: readonly (Split | undefined)[],
  palette: Look,
): void {
  splits.forEach((split, row) => {
    const rowPx = height / splits.length;
    const y = Math.round(row * rowPx + (rowPx - BAR_PX) / 2);
    ctx.fillStyle = palette.free;
    ctx.fillRect(0, y, width, BAR_PX);
    if (!split || wholeOf(split) === 0) return;
    let x = 0;
    for (const [ns, colour] of [
      [split.seekNs, palette.text],
      [split.rotateNs, palette.task],
      [split.transferNs, palette.line],
    ] as const) {
      const wide = (ns / wholeOf(split)) * width;
      if (wide > 0) {
        ctx.fillStyle = colour;
        // What is there at all is seen.
        ctx.fillRect(x, y, Math.max(1, wide - 1), BAR_PX);
      }
      x += wide;
    }
  });
}
