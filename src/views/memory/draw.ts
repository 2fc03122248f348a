import type { MemcgFrame, MemoryFrame } from '../../abi/frame.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';

const BAR_TOP = 3;
const BAR_HIGH = 8;

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
  let freeFrom = Number.NEGATIVE_INFINITY;
  for (const { at, label } of marks) {
    const x = Math.min(width - 1, Math.round(xOf(at)));
    ctx.fillStyle = palette.isolated;
    ctx.fillRect(x - 0.75, BAR_TOP - 3, 1.5, BAR_HIGH + 6);
    if (!label) continue;
    const wide = ctx.measureText(label).width;
    const left = Math.max(0, Math.min(width - wide, x - wide / 2));
    if (left < freeFrom) continue;
    ctx.fillStyle = palette.muted;
    ctx.fillText(label, left, BAR_TOP + BAR_HIGH + 5);
    freeFrom = left + wide + 4;
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

/** Free pages on a scale around the watermarks: what lies far above them is all the same to reclaim. */
export function drawFree(ctx: CanvasRenderingContext2D, size: CssSize, memory: MemoryFrame, palette: Look): void {
  const { min, low, high } = memory.watermarks;
  const parts = [{ value: memory.freePages, colour: palette.clean }];
  drawMeter(
    ctx,
    size,
    high * 2.2,
    parts,
    [{ at: min, label: 'min' }, { at: low }, { at: high, label: 'high' }],
    palette,
  );
}

/** Writers sleep from halfway between the background threshold and the limit on. */
export const throttleFrom = ({ backgroundThreshPages, dirtyThreshPages }: MemoryFrame): number =>
  (backgroundThreshPages + dirtyThreshPages) / 2;

export function drawDirty(ctx: CanvasRenderingContext2D, size: CssSize, memory: MemoryFrame, palette: Look): void {
  const { dirtyPages, writebackPages, backgroundThreshPages, dirtyThreshPages } = memory;
  const parts = [
    { value: dirtyPages, colour: palette.dirty },
    { value: writebackPages, colour: palette.writeback },
  ];
  const marks = [
    { at: dirtyThreshPages, label: 'limit' },
    { at: throttleFrom(memory) },
    { at: backgroundThreshPages, label: 'background' },
  ];
  drawMeter(ctx, size, dirtyThreshPages * 1.02, parts, marks, palette);
}

export function drawMemcg(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  memcg: MemcgFrame,
  full: number,
  palette: Look,
): void {
  const parts = [
    { value: memcg.anonPages, colour: palette.unevictable },
    { value: memcg.cleanPages, colour: palette.clean },
    { value: memcg.dirtyPages, colour: palette.dirty },
    { value: memcg.writebackPages, colour: palette.writeback },
  ];
  drawMeter(ctx, size, full * 1.01, parts, memcgMarks(memcg, full), palette);
}

/** The group's limit, and what else it has: a soft limit, its kswapd's marks, its dirty thresholds. */
export function memcgMarks(memcg: MemcgFrame, full: number): readonly Mark[] {
  const marks: readonly Mark[] = [
    { at: memcg.limitPages, label: 'limit' },
    { at: memcg.softLimitPages, label: 'soft' },
    { at: memcg.wmarks.low, label: 'low' },
    { at: memcg.wmarks.high, label: 'high' },
    { at: memcg.dirtyThreshPages, label: 'dirty' },
    { at: memcg.backgroundThreshPages },
  ];
  return marks.filter(({ at }) => at <= full);
}

/** Scan priority 12 … 0 as a ladder: the further reclaim had to go down, the larger the share it scans. */
export function drawPriority(ctx: CanvasRenderingContext2D, { width }: CssSize, priority: number, palette: Look): void {
  const step = width / 13;
  for (let rung = 12; rung >= 0; rung--) {
    ctx.fillStyle = rung >= priority ? palette.kswapd : palette.free;
    ctx.fillRect((12 - rung) * step, BAR_TOP, step - 2, BAR_HIGH);
  }
  ctx.font = palette.font;
  ctx.textBaseline = 'top';
  ctx.fillStyle = palette.muted;
  ctx.fillText('12', 0, BAR_TOP + BAR_HIGH + 5);
  ctx.fillText('0', width - 9, BAR_TOP + BAR_HIGH + 5);
}
