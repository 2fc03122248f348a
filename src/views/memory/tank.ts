import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';

/** A bar at the left, names of its marks right of it. */
const TANK_WIDE = 14;
const NAMES_FROM = TANK_WIDE + 8;
const LINE_PX = 13;
const EDGE_PX = 7;

/** A mark across a tank, with its name beside it, and its value where there is room. */
interface Tick {
  readonly at: number;
  readonly label: string;
  readonly value?: string;
}

/** What is filled, from the bottom up, on a scale of 0…`full`. */
export interface Tank {
  readonly full: number;
  readonly parts: readonly { readonly value: number; readonly colour: string }[];
  /** From the top down. */
  readonly ticks: readonly Tick[];
}

/** Where a value stands: 0 at the bottom, `full` and what is beyond it at the top. */
const heightOf = (value: number, { full }: Pick<Tank, 'full'>, height: number): number =>
  (1 - Math.min(1, value / Math.max(full, 1))) * (height - 2 * EDGE_PX) + EDGE_PX;

/** A trace may not tell every mark or part. */
const knownOf = ({ full, parts, ticks }: Tank): Tank => ({
  full,
  parts: parts.filter(({ value }) => !Number.isNaN(value)),
  ticks: ticks.filter(({ at }) => !Number.isNaN(at)),
});

/** Names in the order of their marks, pushed apart where the marks stand closer than a line is high. */
export function namesAt(ticks: readonly number[], height: number): readonly number[] {
  const most = height - LINE_PX / 2;
  const down: number[] = [];
  for (const [i, y] of ticks.entries())
    down.push(i === 0 ? Math.max(LINE_PX / 2, y) : Math.max(y, down[i - 1]! + LINE_PX));
  // What went beyond the bottom goes back up, and takes with it what stands above.
  for (let i = down.length - 1; i >= 0; i--)
    down[i] = Math.min(down[i]!, i === down.length - 1 ? most : down[i + 1]! - LINE_PX);
  return down;
}

/** Without a scale, or with what it would hold unknown, nothing. */
export function drawTank(ctx: CanvasRenderingContext2D, size: CssSize, whole: Tank, palette: Look): void {
  if (Number.isNaN(whole.full)) return;
  const tank = knownOf(whole);
  const { height } = size;
  const yOf = (value: number) => heightOf(value, tank, height);
  ctx.fillStyle = palette.free;
  ctx.fillRect(0, EDGE_PX, TANK_WIDE, height - 2 * EDGE_PX);
  let sum = 0;
  for (const { value, colour } of tank.parts) {
    const from = yOf(sum);
    sum += value;
    ctx.fillStyle = colour;
    ctx.fillRect(0, yOf(sum), TANK_WIDE, from - yOf(sum));
  }
  if (sum > tank.full) drawTornTop(ctx, palette);
  drawTicks(ctx, size, tank, palette);
}

/** More than the scale holds: the end is torn, not cut off silently. */
function drawTornTop(ctx: CanvasRenderingContext2D, palette: Look): void {
  ctx.fillStyle = palette.ground;
  ctx.beginPath();
  ctx.moveTo(0, EDGE_PX);
  for (let i = 0; i < 4; i++) {
    const x = (TANK_WIDE / 4) * i;
    ctx.lineTo(x + TANK_WIDE / 8, EDGE_PX + 4);
    ctx.lineTo(x + TANK_WIDE / 4, EDGE_PX);
  }
  ctx.fill();
}

function drawTicks(ctx: CanvasRenderingContext2D, { width, height }: CssSize, tank: Tank, palette: Look): void {
  const marks = tank.ticks.map(({ at }) => heightOf(at, tank, height));
  const names = namesAt(marks, height);
  ctx.font = palette.font;
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 1;
  for (const [i, { label, value }] of tank.ticks.entries()) {
    const y = marks[i]!;
    ctx.fillStyle = palette.isolated;
    ctx.fillRect(0, y - 0.75, TANK_WIDE + 2, 1.5);
    ctx.strokeStyle = palette.muted;
    ctx.beginPath();
    ctx.moveTo(TANK_WIDE + 2, y);
    ctx.lineTo(NAMES_FROM - 2, names[i]!);
    ctx.stroke();
    ctx.fillStyle = palette.muted;
    const full = value === undefined ? label : `${label} ${value}`;
    ctx.fillText(ctx.measureText(full).width > width - NAMES_FROM ? label : full, NAMES_FROM, names[i]!);
  }
}

/** A strip beside the tank's left edge, from one value to another; hatched where it means waiting. */
export function drawBand(
  ctx: CanvasRenderingContext2D,
  { height }: CssSize,
  tank: Tank,
  band: { readonly from: number; readonly to: number; readonly colour: string; readonly isHatched: boolean },
): void {
  const top = heightOf(band.to, tank, height);
  const bottom = heightOf(band.from, tank, height);
  if (Number.isNaN(bottom - top)) return;
  ctx.fillStyle = band.colour;
  if (!band.isHatched) ctx.fillRect(0, top, BAND_WIDE, bottom - top);
  else for (let y = top + 1; y + 1.25 <= bottom; y += 2.5) ctx.fillRect(0, y, BAND_WIDE, 1.25);
}
const BAND_WIDE = 5;
