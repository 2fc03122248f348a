import { replayNs, type TraceTable, TraceValues } from '../../abi/trace-table.ts';
import type { Ns } from '../../abi/units.ts';
import { areModesBits } from '../isolate-mode.ts';
import { countKinds, planOf, type ShapePlan } from './kinds.ts';

/** The rows of a trace as a machine's past: each with its kind, in a time that never goes back. */
export class PlayRows {
  readonly table: TraceTable;
  /** When each row happens: the time of the text, except where that goes back or is not there. */
  readonly atNs: Float64Array;
  readonly durationNs: Ns;
  readonly counts: Float64Array;
  readonly areModesBits: boolean;
  private readonly plans: readonly ShapePlan[];
  private readonly values: TraceValues;

  constructor(table: TraceTable) {
    this.table = table;
    this.values = new TraceValues(table);
    this.plans = table.shapes.map(planOf);
    this.atNs = risingTimes(table);
    this.durationNs = this.atNs.at(-1) ?? 0;
    this.counts = countKinds(table, this.plans);
    this.areModesBits = areModesBits(table);
  }

  get count(): number {
    return this.table.count;
  }

  kind(row: number): number {
    return this.plans[this.table.shape[row]!]!.kind;
  }

  /** The n-th figure of the row's kind (kinds.ts); NaN where the kernel does not print it. */
  number(row: number, nth: number): number {
    return this.values.number(row, this.plans[this.table.shape[row]!]!.fields[nth]!);
  }

  /** A figure that is to be exact to the last digit. */
  integer(row: number, nth: number): bigint {
    return this.values.integer(row, this.plans[this.table.shape[row]!]!.fields[nth]!);
  }

  /** The same as it was printed; empty where the kernel does not print it. */
  text(row: number, nth: number): string {
    const field = this.plans[this.table.shape[row]!]!.fields[nth]!;
    return field < 0 ? '' : this.values.text(row, field);
  }

  eventName(row: number): string {
    return this.values.shape(row).event;
  }

  /** All that the kernel printed, with the event's name. */
  eventText(row: number): string {
    return `${this.eventName(row)}: ${this.values.eventText(row)}`;
  }

  /** Who it is by, as ftrace prints it: name and pid. */
  taskText(row: number): string {
    const { name, pid } = this.table.tasks[this.table.task[row]!]!;
    return `${name}-${pid}`;
  }

  /** Rows that have happened by `ns`. */
  doneBy(ns: Ns): number {
    return firstAfter(this.atNs, ns);
  }
}

/** Number of ascending values that are not beyond `limit`. */
export function firstAfter(ascending: Float64Array, limit: number, count = ascending.length): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function risingTimes(table: TraceTable): Float64Array {
  const times = new Float64Array(table.count);
  let nowNs = 0;
  for (let row = 0; row < table.count; row++) {
    nowNs = Math.max(nowNs, replayNs(table, row));
    times[row] = nowNs;
  }
  return times;
}
