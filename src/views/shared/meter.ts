import type { Look } from './look.ts';
import type { CssSize } from './use-canvas.ts';

/** Where the bar lies in a meter of 32 px: its marks reach beyond it, their names stand below. */
export const BAR_TOP = 3;
export const BAR_HIGH = 8;
const LABEL_GAP_PX = 4;

export interface Mark {
  readonly at: number;
  readonly label?: string;
}

/** A bar of stacked parts on a scale of 0…`full`, with marks across it and their names below. */
export function drawMeter(
  ctx: CanvasRenderingContext2D,
  { width }: CssSize,
  full: number,
  parts: readonly { readonly value: number; readonly colour: string }[],
  marks: readonly Mark[],
  palette: Look,
): void {
  const xOf = (value: number) => Math.min(width, (value / Math.max(full, 1)) * width);
  ctx.fillStyle = palette.free;
  ctx.fillRect(0, BAR_TOP, width, BAR_HIGH);
  let sum = 0;
  for (const { value, colour } of parts) {
    const from = xOf(sum);
    sum += value;
    ctx.fillStyle = colour;
    ctx.fillRect(from, BAR_TOP, xOf(sum) - from, BAR_HIGH);
  }
  // More than the scale holds: the end is torn, not cut off silently.
  if (sum > full) drawTornEnd(ctx, width, palette);
  ctx.font = palette.font;
  ctx.textBaseline = 'top';
  const taken: { readonly from: number; readonly to: number }[] = [];
  for (const { at, label } of marks) {
    const x = Math.min(width - 1, Math.round(xOf(at)));
    ctx.fillStyle = palette.isolated;
    ctx.fillRect(x - 0.75, BAR_TOP - 3, 1.5, BAR_HIGH + 6);
    if (!label) continue;
    const wide = ctx.measureText(label).width;
    const left = Math.max(0, Math.min(width - wide, x - wide / 2));
    // Marks are named in the order of their weight: the first to stand somewhere has the place.
    if (taken.some(({ from, to }) => left < to + LABEL_GAP_PX && left + wide > from - LABEL_GAP_PX)) continue;
    ctx.fillStyle = palette.muted;
    ctx.fillText(label, left, BAR_TOP + BAR_HIGH + 5);
    taken.push({ from: left, to: left + wide });
  }
}

function drawTornEnd(ctx: CanvasRenderingContext2D, width: number, palette: Look): void {
  ctx.fillStyle = palette.ground;
  ctx.beginPath();
  ctx.moveTo(width, BAR_TOP);
  for (let i = 0; i < 3; i++) {
    const y = BAR_TOP + (BAR_HIGH / 3) * i;
    ctx.lineTo(width - 4, y + BAR_HIGH / 6);
    ctx.lineTo(width, y + BAR_HIGH / 3);
  }
  ctx.fill();
}
