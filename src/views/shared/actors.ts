import type { TaskFrame } from '../../abi/frame.ts';
import type { Palette } from './palette.ts';

/** The colour of what a thread does now; always beside its letter, never alone. */
export function colourOf(task: TaskFrame, palette: Palette): string {
  if (task.reclaim === 'direct') return palette.direct;
  if (task.reclaim === 'memcg') return palette.memcg;
  if (task.kind === 'kswapd') return palette.kswapd;
  return task.kind === 'flusher' ? palette.flusher : palette.task;
}

/** Letter in a shape: circle kswapd, square flusher, triangle a task, diamond a task in direct reclaim, hexagon in memcg. */
export function drawActor(
  ctx: CanvasRenderingContext2D,
  task: TaskFrame,
  x: number,
  y: number,
  size: number,
  palette: Palette,
): void {
  const half = size / 2;
  const cx = x + half;
  const cy = y + half;
  ctx.strokeStyle = colourOf(task, palette);
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  if (task.kind === 'kswapd') ctx.arc(cx, cy, half - 0.5, 0, 2 * Math.PI);
  else {
    const corners = cornersOf(task);
    corners.forEach(([dx, dy], i) => {
      if (i === 0) ctx.moveTo(cx + dx * half, cy + dy * half);
      else ctx.lineTo(cx + dx * half, cy + dy * half);
    });
    ctx.closePath();
  }
  ctx.stroke();
}

type Corner = readonly [number, number];
const SQUARE: readonly Corner[] = [
  [-0.9, -0.9],
  [0.9, -0.9],
  [0.9, 0.9],
  [-0.9, 0.9],
];
const DIAMOND: readonly Corner[] = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
];
const HEXAGON: readonly Corner[] = [
  [-0.5, -0.95],
  [0.5, -0.95],
  [1, 0],
  [0.5, 0.95],
  [-0.5, 0.95],
  [-1, 0],
];
const TRIANGLE: readonly Corner[] = [
  [0, -1],
  [1, 0.85],
  [-1, 0.85],
];

function cornersOf(task: TaskFrame): readonly Corner[] {
  if (task.kind === 'flusher') return SQUARE;
  if (task.reclaim === 'direct') return DIAMOND;
  return task.reclaim === 'memcg' ? HEXAGON : TRIANGLE;
}
