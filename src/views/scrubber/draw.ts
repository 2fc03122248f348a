import type { TimedInput } from '../../abi/scenario.ts';
import type { Ns } from '../../abi/units.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import type { Palette } from '../shared/palette.ts';
import type { CssSize } from '../shared/use-canvas.ts';

export interface ScrubberScene {
  readonly samples: { readonly A: SampleHistory; readonly B: SampleHistory };
  readonly totalPages: number;
  readonly atNs: Ns;
  readonly untilNs: Ns;
  readonly inputs: readonly TimedInput[];
  readonly palette: Palette;
}

const BAR_PX = 3;
const TICK_HIGH = 4;

/** The whole run as two rows of bars, dirty pages in each; below them ticks where a task was stalled in reclaim. */
export function drawScrubber(ctx: CanvasRenderingContext2D, { width, height }: CssSize, scene: ScrubberScene): void {
  const { samples, atNs, untilNs, palette, inputs } = scene;
  const lane = height / 2;
  const playhead = (atNs / untilNs) * width;
  drawLane(ctx, width, 0, lane, samples.A, scene);
  drawLane(ctx, width, lane, lane, samples.B, scene);
  ctx.fillStyle = palette.isolated;
  for (const { atNs: turned } of inputs) drawNotch(ctx, (turned / untilNs) * width, height);
  ctx.fillRect(Math.min(width - 1.5, playhead - 0.75), 0, 1.5, height);
  ctx.beginPath();
  ctx.arc(playhead, 4, 4, 0, 2 * Math.PI);
  ctx.fill();
}

function drawLane(
  ctx: CanvasRenderingContext2D,
  width: number,
  top: number,
  high: number,
  samples: SampleHistory,
  scene: ScrubberScene,
): void {
  const { totalPages, atNs, untilNs, palette } = scene;
  const floor = top + high - TICK_HIGH - 3;
  const room = floor - top - 5;
  ctx.fillStyle = palette.line;
  ctx.fillRect(0, floor, width, 1);
  const bars = Math.floor(width / BAR_PX);
  let row = 0;
  for (let bar = 0; bar < bars; bar++) {
    const endNs = ((bar + 1) / bars) * untilNs;
    let dirty = 0;
    let writeback = 0;
    let stalled = 0;
    const from = row;
    for (; row < samples.timeNs.length && samples.timeNs[row]! <= endNs; row++) {
      dirty = Math.max(dirty, samples.dirtyPages[row]!);
      writeback = Math.max(writeback, samples.writebackPages[row]!);
      for (const share of samples.stalled[row]!) stalled = Math.max(stalled, share);
    }
    if (row === from) continue;
    // What lies to the right of now has been computed, and will happen again unless a knob is turned.
    ctx.globalAlpha = endNs <= atNs + untilNs / bars ? 1 : 0.4;
    const dirtyHigh = Math.min(room, (dirty / totalPages) * room);
    const wbHigh = Math.min(room - dirtyHigh, (writeback / totalPages) * room);
    ctx.fillStyle = palette.dirty;
    ctx.fillRect(bar * BAR_PX, floor - dirtyHigh, BAR_PX - 1, dirtyHigh);
    ctx.fillStyle = palette.writeback;
    ctx.fillRect(bar * BAR_PX, floor - dirtyHigh - wbHigh, BAR_PX - 1, wbHigh);
    if (stalled > 0.02) {
      ctx.fillStyle = palette.direct;
      ctx.fillRect(bar * BAR_PX, floor + 2, BAR_PX - 1, TICK_HIGH);
    }
  }
  ctx.globalAlpha = 1;
}

function drawNotch(ctx: CanvasRenderingContext2D, x: number, height: number): void {
  ctx.beginPath();
  ctx.moveTo(x - 4, height);
  ctx.lineTo(x + 4, height);
  ctx.lineTo(x, height - 6);
  ctx.fill();
}
