import type { MemoryFrame } from '../../abi/frame.ts';
import { type Lit, outline } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import { BAR_HIGH, BAR_TOP, drawMeter } from '../shared/meter.ts';
import type { CssSize } from '../shared/use-canvas.ts';

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
