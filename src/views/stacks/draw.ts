import type { StackSize, TaskFrame } from '../../abi/frame.ts';
import type { Thing } from '../../abi/look.ts';
import { colourOf } from '../shared/actors.ts';
import { type Lit, outline } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';

const LETTER_HIGH = 16;
const TUBE_MAX = 26;
/** How much higher than a full stack the picture reaches: room for what overflows. */
const HEADROOM = 1.12;

/** Threads worth a tube when there is no room for all: the deepest ones, in their own order. */
export function shownTasks(tasks: readonly TaskFrame[], room: number): readonly TaskFrame[] {
  if (tasks.length <= room) return tasks;
  const deepest = [...tasks].sort((a, b) => b.stackHighBytes - a.stackHighBytes).slice(0, room);
  return tasks.filter((task) => deepest.includes(task));
}

/** Where a tube stands, and its scale: a full stack ends below the top. */
interface Tube {
  readonly left: number;
  readonly wide: number;
  /** The bottom, where the outermost function lies on thread_info. */
  readonly floor: number;
  readonly pxPerByte: number;
}

interface TubeRow {
  readonly shown: readonly TaskFrame[];
  readonly wide: number;
  readonly leftOf: (at: number) => number;
}

/** Tubes stand at the right, evenly. */
function layTubes(width: number, tasks: readonly TaskFrame[]): TubeRow {
  const shown = shownTasks(tasks, Math.max(1, Math.floor(width / 21)));
  const step = width / Math.max(shown.length, 4);
  const wide = Math.min(TUBE_MAX, step - 7);
  return { shown, wide, leftOf: (at) => width - (shown.length - at) * step + (step - wide) };
}

/** The thread whose tube is drawn at a point; beside the tubes none. */
export function tubeAt(x: number, { width }: CssSize, tasks: readonly TaskFrame[]): Thing | undefined {
  const { shown, wide, leftOf } = layTubes(width, tasks);
  const task = shown.find((_, at) => x >= leftOf(at) - 3 && x <= leftOf(at) + wide + 3);
  return task && { kind: 'task', id: task.id };
}

/** The tube of a lit thread is framed, down to its letter. */
export function markStacks(
  ctx: CanvasRenderingContext2D,
  { width, height }: CssSize,
  tasks: readonly TaskFrame[],
  lit: readonly Lit[],
  palette: Look,
): void {
  const { shown, wide, leftOf } = layTubes(width, tasks);
  for (const { thing, isPinned } of lit) {
    const at = thing.kind === 'task' ? shown.findIndex(({ id }) => id === thing.id) : -1;
    if (at >= 0)
      outline(ctx, { x: leftOf(at) - 1, y: 2, wide: wide + 1, tall: height - LETTER_HIGH - 1 }, palette, isPinned);
  }
}

/** One upright tube per thread: frames as blocks true to their bytes, how high it has ever been, and where reclaim was spliced to a filesystem. */
export function drawStacks(
  ctx: CanvasRenderingContext2D,
  { width, height }: CssSize,
  tasks: readonly TaskFrame[],
  size: StackSize,
  palette: Look,
): void {
  const { shown, wide, leftOf } = layTubes(width, tasks);
  const high = height - LETTER_HIGH;
  ctx.font = palette.monoFont;
  ctx.textBaseline = 'bottom';
  shown.forEach((task, at) => {
    const left = leftOf(at);
    drawTube(
      ctx,
      { left, wide, floor: high, pxPerByte: high / (size.threadSizeBytes * HEADROOM) },
      task,
      size,
      palette,
    );
    ctx.textAlign = 'center';
    ctx.fillStyle = palette.text;
    ctx.fillText(task.letter, left + wide / 2, height);
  });
  ctx.textAlign = 'left';
}

function drawTube(
  ctx: CanvasRenderingContext2D,
  { left, wide, floor, pxPerByte }: Tube,
  task: TaskFrame,
  { threadSizeBytes, limitBytes }: StackSize,
  palette: Look,
): void {
  const infoPx = (threadSizeBytes - limitBytes) * pxPerByte;
  const lid = floor - threadSizeBytes * pxPerByte;
  const base = floor - infoPx;
  ctx.fillStyle = palette.free;
  ctx.fillRect(left, lid, wide, floor - lid);
  ctx.fillStyle = palette.muted;
  ctx.fillRect(left, base, wide, Math.max(infoPx, 1)); // thread_info
  drawGhost(ctx, { left, wide, floor: base, pxPerByte }, task, palette);
  let bottom = base;
  // Outermost at the bottom; thin gaps keep the frames apart.
  for (const frame of [...task.stack].reverse()) {
    const tall = frame.bytes * pxPerByte;
    ctx.fillStyle = colourOf(task, palette);
    ctx.fillRect(left, bottom - tall, wide, Math.max(tall - 0.75, 0.5));
    bottom -= tall;
  }
  const hasOverflown = task.stackHighBytes > limitBytes;
  ctx.fillStyle = hasOverflown ? palette.direct : palette.isolated;
  ctx.fillRect(left - 3, base - task.stackHighBytes * pxPerByte - 0.75, wide + 6, 1.5);
  drawLid(ctx, left, lid, wide, hasOverflown, palette);
}

/** What was there at the high-water mark, as outlines; a bar across where reclaim entered the filesystem. */
function drawGhost(
  ctx: CanvasRenderingContext2D,
  { left, wide, floor, pxPerByte }: Tube,
  { stackHigh, spliceAt }: TaskFrame,
  palette: Look,
): void {
  let bottom = floor;
  ctx.fillStyle = palette.muted;
  stackHigh.forEach(({ bytes }, at) => {
    if (at === spliceAt) ctx.fillRect(left - 2, bottom - 1, wide + 4, 2);
    const tall = bytes * pxPerByte;
    bottom -= tall;
    if (tall >= 1) ctx.fillRect(left, bottom, wide, 0.5);
  });
}

/** THREAD_SIZE; broken where a stack went through it. */
function drawLid(
  ctx: CanvasRenderingContext2D,
  left: number,
  y: number,
  wide: number,
  isBroken: boolean,
  palette: Look,
): void {
  ctx.fillStyle = isBroken ? palette.direct : palette.muted;
  if (!isBroken) ctx.fillRect(left, y - 1, wide, 1);
  else {
    ctx.fillRect(left - 3, y - 1, wide * 0.35, 2);
    ctx.fillRect(left + wide * 0.65 + 3, y - 1, wide * 0.35, 2);
  }
}
