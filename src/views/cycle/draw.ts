import type { LockWaitFrame, TaskFrame } from '../../abi/frame.ts';
import { drawActor } from '../shared/actors.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';

const NODE_PX = 22;
const HEAD_PX = 6;
const LINE_PX = 15;
/** Angle that an arrow leaves its node at: neighbours of a ring of two must not lie on one line. */
const BEND = 0.42;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Nodes on an ellipse, the first at the left, clockwise. */
export function ringOf(count: number, { width, height }: CssSize): readonly Point[] {
  const across = Math.max(0, width / 2 - NODE_PX - 4);
  const down = Math.max(0, height / 2 - NODE_PX - LINE_PX);
  return Array.from({ length: count }, (_, at) => {
    const angle = Math.PI + (2 * Math.PI * at) / count;
    return { x: width / 2 + across * Math.cos(angle), y: height / 2 + down * Math.sin(angle) };
  });
}

/** Page locks that wait for each other: an arrow from each sleeper to the holder, with the page it wants. */
export function drawCycle(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  cycle: readonly LockWaitFrame[],
  tasks: readonly TaskFrame[],
  palette: Look,
): void {
  const points = ringOf(cycle.length, size);
  cycle.forEach(({ task: id, heldBy, file, index, fn }, at) => {
    const to = points[cycle.findIndex(({ task }) => task === heldBy)];
    const from = points[at];
    const task = tasks.find((one) => one.id === id);
    if (!from || !to || !task) return;
    const middle = drawArrow(ctx, from, to, palette);
    drawLabels(ctx, size, middle, [`${file} page ${index}`, fn], palette);
  });
  for (const { task: id } of cycle) {
    const task = tasks.find((one) => one.id === id);
    const at = points[cycle.findIndex((wait) => wait.task === id)];
    if (!task || !at) continue;
    drawActor(ctx, task, at.x - NODE_PX / 2, at.y - NODE_PX / 2, NODE_PX, palette);
    ctx.font = palette.boldFont;
    ctx.fillStyle = palette.text;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'top';
    ctx.fillText(task.letter, at.x, at.y + NODE_PX / 2 + 3);
    ctx.textAlign = 'left';
  }
}

/** An arc bowed to the left of its way, with its head at the holder; answers the arc's middle. */
function drawArrow(ctx: CanvasRenderingContext2D, from: Point, to: Point, palette: Look): Point {
  const way = Math.atan2(to.y - from.y, to.x - from.x);
  const away = NODE_PX / 2 + 5;
  const start = { x: from.x + away * Math.cos(way - BEND), y: from.y + away * Math.sin(way - BEND) };
  const end = { x: to.x - away * Math.cos(way + BEND), y: to.y - away * Math.sin(way + BEND) };
  const long = Math.hypot(end.x - start.x, end.y - start.y);
  const bow = (long / 2) * Math.tan(BEND / 2);
  const control = {
    x: (start.x + end.x) / 2 + bow * Math.sin(way),
    y: (start.y + end.y) / 2 - bow * Math.cos(way),
  };
  ctx.strokeStyle = palette.direct;
  ctx.fillStyle = palette.direct;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(start.x, start.y);
  ctx.quadraticCurveTo(control.x, control.y, end.x, end.y);
  ctx.stroke();
  const into = Math.atan2(end.y - control.y, end.x - control.x);
  ctx.beginPath();
  ctx.moveTo(end.x, end.y);
  for (const side of [-1, 1]) {
    const back = into + Math.PI + side * 0.4;
    ctx.lineTo(end.x + HEAD_PX * Math.cos(back), end.y + HEAD_PX * Math.sin(back));
  }
  ctx.fill();
  return { x: (start.x + 2 * control.x + end.x) / 4, y: (start.y + 2 * control.y + end.y) / 4 };
}

/** Outside the ring beside the arrow's middle, kept within the picture. */
function drawLabels(
  ctx: CanvasRenderingContext2D,
  { width, height }: CssSize,
  middle: Point,
  lines: readonly string[],
  palette: Look,
): void {
  const above = middle.y <= height / 2;
  ctx.textBaseline = 'middle';
  lines.forEach((line, at) => {
    ctx.font = at === 0 ? palette.font : palette.monoFont;
    ctx.fillStyle = at === 0 ? palette.text : palette.muted;
    const wide = ctx.measureText(line).width;
    const x = Math.max(0, Math.min(width - wide, middle.x - wide / 2));
    const offset = above ? at - lines.length : at + 1;
    const y = middle.y + offset * LINE_PX + (above ? LINE_PX / 4 : -LINE_PX / 4);
    ctx.fillText(line, x, Math.max(LINE_PX / 2, Math.min(height - LINE_PX / 2, y)));
  });
}
