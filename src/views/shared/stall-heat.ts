import type { StallKind } from '../../abi/frame.ts';
import { STALL_KINDS } from '../../abi/frame.ts';
import { MS, type Ns, S, US } from '../../abi/units.ts';
import type { TimeRange } from '../../store/scrub.ts';
import type { StallHistory } from '../../store/stall-history.ts';

/** Where one row of durations ends and the next begins, two to a decade; the outer rows hold whatever is beyond. */
const HALF_DECADE = Math.sqrt(10);
export const EDGES_NS: readonly Ns[] = Array.from({ length: 11 }, (_, at) => Math.round(100 * US * HALF_DECADE ** at));
export const HEAT_ROWS = EDGES_NS.length + 1;

/** Stalls counted by when they ended and how long they had lasted; shortest row first, columns within it. */
export interface Heat {
  readonly range: TimeRange;
  readonly columns: number;
  readonly counts: Uint32Array;
}

export function stallHeat(
  { columns: { startNs, endNs, kind }, rows }: Pick<StallHistory, 'columns' | 'rows'>,
  range: TimeRange,
  columns: number,
  kinds: readonly StallKind[],
): Heat {
  const wanted = STALL_KINDS.map((one) => kinds.includes(one));
  const counts = new Uint32Array(HEAT_ROWS * columns);
  const span = range.toNs - range.fromNs;
  for (let at = 0; at < rows; at++) {
    const ended = endNs[at]!;
    if (ended < range.fromNs || ended > range.toNs || !wanted[kind[at]!]) continue;
    const column = Math.min(columns - 1, Math.floor(((ended - range.fromNs) / span) * columns));
    counts[rowOf(ended - startNs[at]!) * columns + column]!++;
  }
  return { range, columns, counts };
}

export function rowOf(durationNs: Ns): number {
  let row = 0;
  while (row < EDGES_NS.length && durationNs >= EDGES_NS[row]!) row++;
  return row;
}

export const mostIn = (...heats: readonly Heat[]): number =>
  heats.reduce((most, { counts }) => counts.reduce((max, count) => Math.max(max, count), most), 0);

/** 0 for none, else 1 to 9 on a logarithmic scale up to the fullest cell of both machines. */
export function digitOf(count: number, most: number): number {
  if (count === 0) return 0;
  return most <= 1 ? 1 : 1 + Math.floor((8 * Math.log(count)) / Math.log(most));
}

/** Counts from which each digit stands, 1 to 9. */
export const digitFloors = (most: number): readonly number[] =>
  Array.from({ length: 9 }, (_, at) => (most <= 1 ? 1 : Math.ceil(most ** (at / 8) - 1e-9)));

/** "0.1 ms", "32 ms", "10 s". */
export function durationText(ns: Ns): string {
  const round = (value: number) => String(Number(value.toPrecision(2)));
  return ns >= S ? `${round(ns / S)} s` : `${round(ns / MS)} ms`;
}

/** How long the stalls of a row lasted. */
export function rowText(row: number): string {
  const [from, to] = [EDGES_NS[row - 1], EDGES_NS[row]];
  if (from === undefined) return `under ${durationText(to!)}`;
  return to === undefined ? `${durationText(from)} or more` : `${durationText(from)} to ${durationText(to)}`;
}

/** Longest first, each row after the least that its stalls lasted: digits as damo prints its heat maps. */
export function digitLines(heat: Heat, most: number): readonly string[] {
  return Array.from({ length: HEAT_ROWS }, (_, down) => {
    const row = HEAT_ROWS - 1 - down;
    const counts = heat.counts.subarray(row * heat.columns, (row + 1) * heat.columns);
    const from = EDGES_NS[row - 1];
    const label = from === undefined ? '0' : durationText(from);
    return `${label.padStart(7)} |${Array.from(counts, (count) => digitOf(count, most)).join('')}`;
  });
}
