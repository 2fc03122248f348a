import type { TaskFrame } from '../../abi/frame.ts';
import type { Thing } from '../../abi/look.ts';
import type { Ns } from '../../abi/units.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import { timeAxis } from '../shared/time-axis.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { LABEL_PX, ROW_PX, rowsIn } from './draw.ts';

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
  { samples, atNs, windowNs }: { readonly samples: SampleHistory; readonly atNs: Ns; readonly windowNs: Ns },
): { readonly row: number; readonly atNs: Ns } | undefined {
  if (x < LABEL_PX) return undefined;
  const { fromNs } = timeAxis(atNs, windowNs, width - LABEL_PX);
  const ns = fromNs + ((x - LABEL_PX) / (width - LABEL_PX)) * windowNs;
  const row = Math.floor(y / ROW_PX);
  const sample = samples.takenBy(ns);
  const share = samples.stalled[sample]?.[row] ?? 0;
  return share > LEAST_SHARE && ns <= atNs ? { row, atNs: ns } : undefined;
}
