import type { BatchFrame, Lens } from '../../abi/frame.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';

/** As many as a frame has at most. */
const BATCHES = 8;
const LETTER_WIDE = 20;
const GAP_PX = 6;
const BAR_HIGH = 8;
const TALL_PX = 24;
/** The oldest one is still to be seen. */
const FAINTEST = 0.45;

/** Of a batch what went back to the list clean; NaN where a trace does not tell how much of it was dirty. */
export const cleanKept = ({ takenPages, freedPages, dirtyPages, writebackPages }: BatchFrame): number =>
  takenPages - freedPages - dirtyPages - writebackPages;

/** The last batches, the newest at the right: whose each was, and how much of it was freed, kept clean, dirty, being written. */
export function drawTrail(
  ctx: CanvasRenderingContext2D,
  { width, height }: CssSize,
  { trail }: Lens,
  palette: Look,
): void {
  const step = (width + GAP_PX) / BATCHES;
  // Where a lane is narrow there is height for the letters below.
  const isBelow = height >= TALL_PX;
  const letterWide = isBelow ? 0 : LETTER_WIDE;
  const wide = step - GAP_PX - letterWide;
  const top = isBelow ? 2 : (height - BAR_HIGH) / 2;
  ctx.font = palette.monoFont;
  ctx.textBaseline = isBelow ? 'bottom' : 'middle';
  ctx.textAlign = isBelow ? 'left' : 'right';
  trail.forEach((batch, at) => {
    const left = width + GAP_PX - (trail.length - at) * step;
    ctx.fillStyle = palette.muted;
    ctx.fillText(batch.letter, isBelow ? left : left + LETTER_WIDE - 5, isBelow ? height : height / 2 + 0.5);
    ctx.globalAlpha = FAINTEST + ((1 - FAINTEST) * (at + 1)) / trail.length;
    drawBatch(ctx, left + letterWide, top, wide / Math.max(1, batch.takenPages), batch, palette);
    ctx.globalAlpha = 1;
  });
  ctx.textAlign = 'left';
}

/** What was freed is an empty frame: it is gone. */
function drawBatch(
  ctx: CanvasRenderingContext2D,
  left: number,
  top: number,
  pxPerPage: number,
  batch: BatchFrame,
  palette: Look,
): void {
  const freed = batch.freedPages * pxPerPage;
  ctx.strokeStyle = palette.muted;
  ctx.lineWidth = 1;
  if (freed >= 1) ctx.strokeRect(left + 0.5, top + 0.5, freed - 1, BAR_HIGH - 1);
  let x = left + freed;
  const clean = cleanKept(batch);
  const kept = Number.isNaN(clean)
    ? ([[batch.takenPages - batch.freedPages, palette.task]] as const)
    : ([
        [clean, palette.clean],
        [batch.dirtyPages, palette.dirty],
        [batch.writebackPages, palette.writeback],
      ] as const);
  for (const [pages, colour] of kept) {
    if (pages <= 0) continue;
    ctx.fillStyle = colour;
    ctx.fillRect(x, top, pages * pxPerPage, BAR_HIGH);
    x += pages * pxPerPage;
  }
}
