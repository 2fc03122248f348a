import type { MemoryFrame } from '../../abi/frame.ts';
import { group } from '../shared/format.ts';
import { type Lit, outline } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import { BAR_HIGH, BAR_TOP } from '../shared/meter.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { drawBand, drawTank, type Tank } from './tank.ts';

/** Twice the highest mark: what lies further above is all the same to reclaim. */
const ROOM_ABOVE = 2;

/**
 * Free pages against the watermarks. Along the left edge who works there: kswapd from low, where it wakes, to high, where it
 * sleeps; below min the allocating tasks themselves, hatched.
 */
export function drawFree(ctx: CanvasRenderingContext2D, size: CssSize, memory: MemoryFrame, palette: Look): void {
  const { min, low, high } = memory.watermarks;
  const tank: Tank = {
    full: Number.isNaN(high) ? memory.totalPages : high * ROOM_ABOVE,
    parts: [{ value: memory.freePages, colour: palette.clean }],
    ticks: [
      { at: high, label: 'high', value: group(high) },
      { at: low, label: 'low', value: group(low) },
      { at: min, label: 'min', value: group(min) },
    ],
  };
  drawTank(ctx, size, tank, palette);
  drawBand(ctx, size, tank, { from: low, to: high, colour: palette.kswapd, isHatched: false });
  drawBand(ctx, size, tank, { from: 0, to: min, colour: palette.direct, isHatched: true });
}

/** Writers sleep from halfway between the background threshold and the limit on. */
export const throttleFrom = ({ backgroundThreshPages, dirtyThreshPages }: MemoryFrame): number =>
  (backgroundThreshPages + dirtyThreshPages) / 2;

/** Dirty pages and those under writeback against what wakes the flusher, what makes writers sleep, and the limit. */
export function drawDirty(ctx: CanvasRenderingContext2D, size: CssSize, memory: MemoryFrame, palette: Look): void {
  const { dirtyPages, writebackPages, backgroundThreshPages, dirtyThreshPages } = memory;
  const tank: Tank = {
    full: dirtyThreshPages,
    parts: [
      { value: dirtyPages, colour: palette.dirty },
      { value: writebackPages, colour: palette.writeback },
    ],
    ticks: [
      { at: dirtyThreshPages, label: 'limit' },
      { at: throttleFrom(memory), label: 'sleep' },
      { at: backgroundThreshPages, label: 'background' },
    ],
  };
  drawTank(ctx, size, tank, palette);
}

/** The bar of a lit group is framed. */
export function markMemcg(
  ctx: CanvasRenderingContext2D,
  { width }: CssSize,
  name: string,
  lit: readonly Lit[],
  palette: Look,
): void {
  for (const { thing, isPinned } of lit)
    if (thing.kind === 'memcg' && thing.name === name)
      outline(ctx, { x: 2, y: BAR_TOP, wide: width - 4, tall: BAR_HIGH }, palette, isPinned);
}

/** DEF_PRIORITY. */
const HIGHEST_PRIORITY = 12;
const RUNG_WIDE = 16;
const NAME_HIGH = 13;

/** Scan priority 12 … 0 as a ladder: the further down reclaim had to go, the larger the share of a list it scans. */
export function drawPriority(
  ctx: CanvasRenderingContext2D,
  { height }: CssSize,
  priority: number,
  palette: Look,
): void {
  const step = height / (HIGHEST_PRIORITY + 1);
  for (let rung = HIGHEST_PRIORITY; rung >= 0; rung--) {
    ctx.fillStyle = rung >= priority ? palette.kswapd : palette.free;
    ctx.fillRect(0, (HIGHEST_PRIORITY - rung) * step, RUNG_WIDE, step - 1.5);
  }
  ctx.font = palette.font;
  ctx.fillStyle = palette.muted;
  ctx.textBaseline = 'top';
  ctx.fillText(String(HIGHEST_PRIORITY), RUNG_WIDE + 5, 0);
  ctx.textBaseline = 'bottom';
  ctx.fillText('0', RUNG_WIDE + 5, height);
  if (priority <= 0 || priority >= HIGHEST_PRIORITY) return;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = palette.text;
  const y = (HIGHEST_PRIORITY - priority + 0.5) * step;
  ctx.fillText(String(priority), RUNG_WIDE + 5, Math.max(NAME_HIGH * 1.5, Math.min(height - NAME_HIGH * 1.5, y)));
}
