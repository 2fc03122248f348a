import type { Box } from './lit.ts';

/** Strokes from lower left to upper right, clipped to the box by arithmetic. */
export function hatch(ctx: CanvasRenderingContext2D, { x, y, wide, tall }: Box, colour: string, apart = 4): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  for (let foot = x - tall + 3; foot < x + wide; foot += apart) {
    const from = Math.max(x, foot);
    const to = Math.min(x + wide, foot + tall);
    if (to <= from) continue;
    ctx.moveTo(from, y + tall - (from - foot));
    ctx.lineTo(to, y + tall - (to - foot));
  }
  ctx.stroke();
}
