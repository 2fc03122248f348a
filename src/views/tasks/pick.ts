import type { TaskFrame } from '../../abi/frame.ts';
import type { Thing } from '../../abi/look.ts';
import type { Ns } from '../../abi/units.ts';
import { timeAxis } from '../shared/time-axis.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { labelsPx, ROW_PX, rowsIn, type TasksScene } from './draw.ts';

/** The thread whose lane is at a height of the picture. */
export function taskAt(y: number, size: CssSize, tasks: readonly TaskFrame[]): Thing | undefined {
  const row = Math.floor(y / ROW_PX);
  const task = row < rowsIn(size, tasks) ? tasks[row] : undefined;
  return task && { kind: 'task', id: task.id };
}

/** Below this share of a sample a stall is not drawn. */
const LEAST_SHARE = 0.02;

/** The lane under a pointer, and when; `x` and `y` from the canvas's corner in CSS pixels. */
export function stallAt(
  x: number,
  y: number,
  width: number,
  { tasks, samples, atNs, windowNs }: Pick<TasksScene, 'tasks' | 'samples' | 'atNs' | 'windowNs'>,
): { readonly row: number; readonly atNs: Ns } | undefined {
  const label = labelsPx(tasks);
  if (x < label) return undefined;
  const { fromNs } = timeAxis(atNs, windowNs, width - label);
  const ns = fromNs + ((x - label) / (width - label)) * windowNs;
  const row = Math.floor(y / ROW_PX);
  const sample = samples.takenBy(ns);
  const share = samples.stalled[sample]?.[row] ?? 0;
  return share > LEAST_SHARE && ns <= atNs ? { row, atNs: ns } : undefined;
}
