import type { MachineId, TimedInput } from '../../abi/scenario.ts';
import type { TracedGap } from '../../abi/traced.ts';
import type { Ns } from '../../abi/units.ts';
import { MACHINES } from '../../store/feed.ts';
import type { End } from '../../store/history.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import type { Marker, TimeRange } from '../../store/scrub.ts';
import { drawGaps, NO_GAPS } from '../shared/gaps.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { type Bands, bandAt, HEAD_PX } from './bands.ts';
import { BAR_PX } from './bars.ts';

type OfBoth<T> = Readonly<Record<MachineId, T>>;

export interface ScrubberScene {
  /** The painted past (tape.ts), as wide as the bars. */
  readonly tape: CanvasImageSource | undefined;
  readonly bands: Bands;
  readonly samples: OfBoth<SampleHistory>;
  readonly ends: Partial<OfBoth<End>>;
  readonly atNs: Ns;
  readonly furthestNs: Ns;
  readonly untilNs: Ns;
  /** What lies before is no longer held; 0: nothing is lost. */
  readonly lostBeforeNs: Ns;
  readonly inputs: readonly TimedInput[];
  readonly markers: Readonly<Partial<Record<Marker, Ns>>>;
  /** Being selected with the pointer. */
  readonly brush: TimeRange | undefined;
  /** Where a machine that is a trace lost events. */
  readonly gaps?: Partial<OfBoth<readonly TracedGap[]>>;
  readonly palette: Look;
}

const FUTURE_ALPHA = 0.4;
const STRIP_PX = 4;

/** The run as two bands, one per machine, and over them what was done and what befell: all of it, or the part zoomed to. */
export function drawScrubber(ctx: CanvasRenderingContext2D, size: CssSize, scene: ScrubberScene): void {
  const { bands, atNs, brush, palette } = scene;
  const xOf = axisOf(size.width, bands.range);
  drawPast(ctx, size, scene, xOf);
  drawLost(ctx, size, scene, xOf);
  for (const input of scene.inputs) drawNotch(ctx, xOf(input.atNs), input, scene);
  MACHINES.forEach((id, machine) => {
    const { top, bottom } = bandAt(machine as 0 | 1, bands);
    const box = { x: 0, y: HEAD_PX + top, wide: size.width, tall: bottom - top };
    drawGaps(ctx, box, scene.gaps?.[id] ?? NO_GAPS, xOf, palette);
    drawAlarms(ctx, machine as 0 | 1, scene.samples[id], scene, xOf);
    const end = scene.ends[id];
    if (end) drawEnd(ctx, machine as 0 | 1, end, scene, xOf);
  });
  if (brush) drawBrush(ctx, size, xOf(brush.fromNs), xOf(brush.toNs), palette);
  if (isZoomed(scene)) drawStrip(ctx, size, scene);
  for (const marker of ['a', 'b'] as const) drawMarker(ctx, size, marker, scene, xOf);
  drawPlayhead(ctx, size, xOf(atNs), palette);
}

export const axisOf =
  (width: number, { fromNs, toNs }: TimeRange) =>
  (ns: Ns): number =>
    ((ns - fromNs) / (toNs - fromNs)) * width;

const isZoomed = ({ bands: { range }, untilNs }: ScrubberScene): boolean => range.toNs - range.fromNs < untilNs;

/** What lies to the right of now has been computed, and will happen again unless a knob is turned: it is dimmed. */
function drawPast(
  ctx: CanvasRenderingContext2D,
  { width }: CssSize,
  scene: ScrubberScene,
  xOf: (ns: Ns) => number,
): void {
  const { tape, bands, atNs, palette } = scene;
  ctx.fillStyle = palette.line;
  for (const machine of [0, 1] as const) ctx.fillRect(0, HEAD_PX + bandAt(machine, bands).floor, width, 1);
  if (!tape) return;
  const wide = bands.bars * BAR_PX;
  const split = Math.min(wide, Math.max(0, Math.ceil(xOf(atNs) / BAR_PX) * BAR_PX));
  for (const [from, to, alpha] of [
    [0, split, 1],
    [split, wide, FUTURE_ALPHA],
  ] as const) {
    if (to <= from) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(from, HEAD_PX, to - from, bands.height);
    ctx.clip();
    ctx.globalAlpha = alpha;
    ctx.drawImage(tape, 0, HEAD_PX, wide, bands.height);
    ctx.restore();
  }
}

/** A torn edge: what was left of it is gone. */
function drawLost(
  ctx: CanvasRenderingContext2D,
  { height }: CssSize,
  scene: ScrubberScene,
  xOf: (ns: Ns) => number,
): void {
  const x = xOf(scene.lostBeforeNs);
  if (scene.lostBeforeNs <= 0 || x <= 0) return;
  ctx.beginPath();
  ctx.moveTo(0, HEAD_PX);
  for (let y = HEAD_PX, tooth = 0; y <= height; y += 6, tooth++) ctx.lineTo(x - (tooth % 2) * 5, y);
  ctx.lineTo(0, height);
  ctx.closePath();
  ctx.globalAlpha = 0.75;
  ctx.fillStyle = scene.palette.sunken;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = scene.palette.muted;
  ctx.lineWidth = 1;
  ctx.stroke();
}

/** A knob was turned: a wedge under the band of the machine it was turned for, or at the foot of both. */
function drawNotch(
  ctx: CanvasRenderingContext2D,
  x: number,
  { machine }: TimedInput,
  { bands, palette }: ScrubberScene,
): void {
  const foot = HEAD_PX + (machine === 'A' ? bands.height / 2 : bands.height);
  ctx.fillStyle = palette.isolated;
  ctx.beginPath();
  ctx.moveTo(x - 4, foot);
  ctx.lineTo(x + 4, foot);
  ctx.lineTo(x, foot - 7);
  ctx.fill();
}

/** Marks of one kind are at least so far apart: more would be a smear. */
const APART_PX = 7;

/** Crosses where tasks were killed for want of memory, flags where a kernel stack overflowed. */
function drawAlarms(
  ctx: CanvasRenderingContext2D,
  machine: 0 | 1,
  samples: SampleHistory,
  { bands, palette }: ScrubberScene,
  xOf: (ns: Ns) => number,
): void {
  const top = HEAD_PX + bandAt(machine, bands).top;
  ctx.strokeStyle = palette.alarm;
  ctx.fillStyle = palette.alarm;
  ctx.lineWidth = 2;
  const each = (column: readonly number[], draw: (x: number) => void) => {
    let lastPx = Number.NEGATIVE_INFINITY;
    for (let row = samples.takenBy(bands.range.fromNs); row < column.length; row++) {
      if (!(column[row]! > 0)) continue;
      const x = xOf(samples.timeNs[row]!);
      if (x < lastPx + APART_PX) continue;
      lastPx = x;
      draw(x);
    }
  };
  each(samples.oomKills, (x) => {
    ctx.beginPath();
    ctx.moveTo(x - 3.5, top);
    ctx.lineTo(x + 3.5, top + 7);
    ctx.moveTo(x + 3.5, top);
    ctx.lineTo(x - 3.5, top + 7);
    ctx.stroke();
  });
  each(samples.overflows, (x) => drawFlag(ctx, x, top, 6));
}

function drawFlag(ctx: CanvasRenderingContext2D, x: number, top: number, size: number): void {
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x + size, top + size / 2);
  ctx.lineTo(x, top + size);
  ctx.fill();
}

/** Where a kernel came to an end: a flag for a stack overflow, a ring for a cycle of locks, a bare post for the rest. */
function drawEnd(
  ctx: CanvasRenderingContext2D,
  machine: 0 | 1,
  { atNs, of }: End,
  { bands, palette }: ScrubberScene,
  xOf: (ns: Ns) => number,
): void {
  const x = xOf(atNs);
  const { top, bottom } = bandAt(machine, bands);
  const colour = of === 'stack overflow' ? palette.alarm : palette.text;
  ctx.fillStyle = colour;
  ctx.fillRect(x - 0.75, HEAD_PX + top, 1.5, bottom - top);
  if (of === 'stack overflow') drawFlag(ctx, x, HEAD_PX + top, 9);
  else if (of === 'lock cycle') {
    ctx.beginPath();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.5;
    ctx.arc(x + 7, HEAD_PX + top + 5, 4, 0, 2 * Math.PI);
    ctx.stroke();
  }
}

function drawBrush(ctx: CanvasRenderingContext2D, { height }: CssSize, from: number, to: number, palette: Look): void {
  ctx.globalAlpha = 0.22;
  ctx.fillStyle = palette.text;
  ctx.fillRect(from, HEAD_PX, to - from, height - HEAD_PX);
  ctx.globalAlpha = 1;
  ctx.fillRect(from, HEAD_PX, 1, height - HEAD_PX);
  ctx.fillRect(to - 1, HEAD_PX, 1, height - HEAD_PX);
}

/** The whole run above the part of it that is shown: how far it has been run, what is shown, where now is. */
function drawStrip(ctx: CanvasRenderingContext2D, { width }: CssSize, scene: ScrubberScene): void {
  const { untilNs, furthestNs, atNs, palette, bands } = scene;
  const xOf = axisOf(width, { fromNs: 0, toNs: untilNs });
  ctx.fillStyle = palette.line;
  ctx.fillRect(0, 0, width, STRIP_PX);
  ctx.fillStyle = palette.task;
  ctx.fillRect(0, 0, xOf(furthestNs), STRIP_PX);
  ctx.fillStyle = palette.text;
  const from = xOf(bands.range.fromNs);
  ctx.fillRect(from, 0, Math.max(3, xOf(bands.range.toNs) - from), STRIP_PX);
  ctx.fillStyle = palette.dirty;
  ctx.fillRect(xOf(atNs) - 1, 0, 2, STRIP_PX);
}

/** A line over both bands with its letter in a box at the top. */
function drawMarker(
  ctx: CanvasRenderingContext2D,
  { width, height }: CssSize,
  marker: Marker,
  { markers, palette }: ScrubberScene,
  xOf: (ns: Ns) => number,
): void {
  const atNs = markers[marker];
  if (atNs === undefined) return;
  const x = xOf(atNs);
  if (x < 0 || x > width) return;
  ctx.fillStyle = palette.text;
  ctx.fillRect(x - 0.5, HEAD_PX, 1, height - HEAD_PX);
  const left = Math.min(width - 13, Math.max(0, x - 6.5));
  ctx.fillRect(left, HEAD_PX - 1, 13, 15);
  ctx.fillStyle = palette.ground;
  ctx.font = palette.boldFont;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(marker, left + 6.5, HEAD_PX + 6.5);
  ctx.textAlign = 'left';
}

function drawPlayhead(ctx: CanvasRenderingContext2D, { width, height }: CssSize, x: number, palette: Look): void {
  if (x < -1 || x > width + 1) return;
  ctx.fillStyle = palette.isolated;
  ctx.fillRect(Math.min(width - 1.5, Math.max(0, x - 0.75)), HEAD_PX - 4, 1.5, height - HEAD_PX + 4);
  ctx.beginPath();
  ctx.arc(Math.min(width - 4, Math.max(4, x)), HEAD_PX - 4.5, 4, 0, 2 * Math.PI);
  ctx.fill();
}
