import type { Ns } from '../../abi/units.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import { timeAxis } from '../shared/time-axis.ts';
import { LABEL_PX, ROW_PX } from './draw.ts';

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
