import type { TaskFrame } from '../../abi/frame.ts';
import type { TracedGap } from '../../abi/traced.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import { colourOf, drawActor } from '../shared/actors.ts';
import { drawGaps, NO_GAPS } from '../shared/gaps.ts';
import { type Lit, outline } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import { timeAxis } from '../shared/time-axis.ts';
import type { CssSize } from '../shared/use-canvas.ts';

export const ROW_PX = 17;
const LABEL_PX = 116;
const LABEL_MOST_PX = 176;
/** A name begins here, and ends so far before its lane. */
const NAME_PX = 46;
const NAME_GAP_PX = 8;
const LETTER_WIDE_PX = 6.6;
/** A thread's letter stands here, right of its mark. */
const LETTER_PX = 20;

export interface TasksScene {
  readonly tasks: readonly TaskFrame[];
  readonly samples: SampleHistory;
  readonly atNs: number;
  readonly windowNs: number;
  readonly palette: Look;
  /** Where a trace lost events; absent: nowhere. */
  readonly gaps?: readonly TracedGap[];
}

/** Where lanes begin: threads of a real kernel have longer names than those of a simulated one. */
export function labelsPx(tasks: readonly Pick<TaskFrame, 'name'>[]): number {
  const longest = tasks.reduce((most, { name }) => Math.max(most, name.length), 0);
  return Math.round(Math.min(LABEL_MOST_PX, Math.max(LABEL_PX, NAME_PX + longest * LETTER_WIDE_PX + NAME_GAP_PX)));
}

/** Lanes that there is room for. */
export const rowsIn = ({ height }: CssSize, tasks: readonly TaskFrame[]): number =>
  Math.min(tasks.length, Math.floor(height / ROW_PX));

/** A lane per thread: solid where it ran, a thin line where it slept, hatched where it was stalled in reclaim. */
export function drawTasks(ctx: CanvasRenderingContext2D, size: CssSize, scene: TasksScene): void {
  const { tasks, palette } = scene;
  const rows = rowsIn(size, tasks);
  const label = labelsPx(tasks);
  ctx.textBaseline = 'middle';
  for (let row = 0; row < rows; row++) {
    const task = tasks[row]!;
    const middle = row * ROW_PX + ROW_PX / 2;
    drawActor(ctx, task, 0, middle - 7, 14, palette);
    ctx.font = palette.boldFont;
    ctx.fillStyle = palette.text;
    ctx.fillText(task.letter, LETTER_PX, middle + 0.5);
    ctx.font = palette.font;
    ctx.fillStyle = palette.muted;
    ctx.fillText(fitted(ctx, task.name, label - NAME_PX - NAME_GAP_PX), NAME_PX, middle + 0.5);
    drawLane(ctx, size.width, middle, row, task, scene);
  }
  const wide = size.width - label;
  const { xOf } = timeAxis(scene.atNs, scene.windowNs, wide);
  drawGaps(ctx, { x: label, y: 0, wide, tall: rows * ROW_PX }, scene.gaps ?? NO_GAPS, xOf, palette);
}

/** The lane of a lit thread is framed from its letter to now; its mark would not bear a line across. */
export function markTasks(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  tasks: readonly TaskFrame[],
  lit: readonly Lit[],
  palette: Look,
): void {
  const rows = rowsIn(size, tasks);
  for (const { thing, isPinned } of lit) {
    const row = thing.kind === 'task' ? tasks.findIndex(({ id }) => id === thing.id) : -1;
    if (row < 0 || row >= rows) continue;
    outline(
      ctx,
      { x: LETTER_PX - 2, y: row * ROW_PX + 2, wide: size.width - LETTER_PX, tall: ROW_PX - 4 },
      palette,
      isPinned,
    );
  }
}

/** A name that is too long ends in dots; squeezed letters read worse. */
function fitted(ctx: CanvasRenderingContext2D, name: string, width: number): string {
  if (ctx.measureText(name).width <= width) return name;
  let length = name.length;
  while (length > 1 && ctx.measureText(`${name.slice(0, length)}…`).width > width) length--;
  return `${name.slice(0, length)}…`;
}

function drawLane(
  ctx: CanvasRenderingContext2D,
  width: number,
  middle: number,
  row: number,
  task: TaskFrame,
  scene: TasksScene,
): void {
  const { samples, atNs, windowNs, palette } = scene;
  const label = labelsPx(scene.tasks);
  const { fromNs, xOf } = timeAxis(atNs, windowNs, width - label);
  const first = samples.takenBy(fromNs);
  const last = samples.takenBy(atNs);
  const plain = { ...task, reclaim: 'none' } as const;
  ctx.fillStyle = palette.line;
  ctx.fillRect(label, middle - 0.5, width - label, 1);
  let left = label + Math.max(0, xOf(samples.timeNs[first - 1] ?? fromNs));
  for (let i = first; i < last; i++) {
    const right = label + xOf(samples.timeNs[i]!);
    const stalled = samples.stalled[i]![row] ?? 0;
    const ran = samples.ran[i]![row] ?? 0;
    drawShare(ctx, left, right, middle, ran, colourOf(plain, palette));
    if (stalled > 0.02) drawStall(ctx, left, right, middle, stalled, palette.direct);
    left = right;
  }
}

/** A sample is one block, 2 px for a ten-thousandth of it to 8 px for all of it: most threads compute for microseconds. */
const shareHeight = (share: number): number => 2 + 1.5 * Math.max(0, Math.min(4, 4 + Math.log10(share)));

function drawShare(
  ctx: CanvasRenderingContext2D,
  left: number,
  right: number,
  middle: number,
  share: number,
  colour: string,
): void {
  if (share <= 0) return;
  const tall = shareHeight(share);
  ctx.fillStyle = colour;
  ctx.fillRect(left, middle - tall / 2, Math.max(0.75, right - left - 0.5), tall);
}

function drawStall(
  ctx: CanvasRenderingContext2D,
  left: number,
  right: number,
  middle: number,
  share: number,
  colour: string,
): void {
  ctx.fillStyle = colour;
  const wide = Math.max(1, (right - left) * share);
  for (let x = left; x < left + wide; x += 2.5) ctx.fillRect(x, middle - 4.5, 1.25, 9);
}
