import type { TaskFrame } from '../../abi/frame.ts';
import { colourOf } from '../shared/actors.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';

/** THREAD_SIZE on x86-64. */
export const STACK_BYTES = 8192;
const LETTER_HIGH = 16;
const TUBE_MAX = 26;

/** Threads worth a tube when there is no room for all: the deepest ones, in their own order. */
export function shownTasks(tasks: readonly TaskFrame[], room: number): readonly TaskFrame[] {
  if (tasks.length <= room) return tasks;
  const deepest = [...tasks].sort((a, b) => b.stackHighBytes - a.stackHighBytes).slice(0, room);
  return tasks.filter((task) => deepest.includes(task));
}

/** One upright tube per thread: frames as blocks true to their bytes, and how high it has ever been. */
export function drawStacks(
  ctx: CanvasRenderingContext2D,
  { width, height }: CssSize,
  tasks: readonly TaskFrame[],
  palette: Look,
): void {
  const shown = shownTasks(tasks, Math.max(1, Math.floor(width / 21)));
  const step = width / Math.max(shown.length, 4);
  const tube = Math.min(TUBE_MAX, step - 7);
  const high = height - LETTER_HIGH;
  const toPx = high / STACK_BYTES;
  ctx.font = palette.monoFont;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  shown.forEach((task, i) => {
    const left = width - (shown.length - i) * step + (step - tube);
    ctx.fillStyle = palette.free;
    ctx.fillRect(left, 0, tube, high);
    let bottom = high;
    // Outermost at the bottom; thin gaps keep the frames apart.
    for (const frame of [...task.stack].reverse()) {
      const tall = frame.bytes * toPx;
      ctx.fillStyle = colourOf(task, palette);
      ctx.fillRect(left, bottom - tall, tube, Math.max(tall - 0.75, 0.5));
      bottom -= tall;
    }
    ctx.fillStyle = palette.isolated;
    ctx.fillRect(left - 3, high - task.stackHighBytes * toPx - 0.75, tube + 6, 1.5);
    ctx.fillStyle = palette.text;
    ctx.fillText(task.letter, left + tube / 2, height);
  });
  ctx.textAlign = 'left';
}
