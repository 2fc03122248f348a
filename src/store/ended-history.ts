import type { Ns } from '../abi/units.ts';

type Column = Float64Array | Int32Array | Int16Array | Uint8Array;
type Columns = { readonly endNs: Float64Array } & { readonly [name: string]: Column };

const ROWS_AT_FIRST = 256;

/** Things that have ended, in the order of their ends: kept when time is turned back, cut only by a fork. */
export class EndedHistory<C extends { readonly endNs: Float64Array }> {
  columns: C;
  rows = 0;
  /** Beyond `rowsMax` the older half is let go: from here on the picture is whole. */
  horizonNs: Ns = 0;
  private readonly empty: (length: number) => C;
  private readonly rowsMax: number;
  private readonly names: readonly (keyof C)[];

  constructor(empty: (length: number) => C, rowsMax: number) {
    this.empty = empty;
    this.rowsMax = rowsMax;
    this.columns = empty(ROWS_AT_FIRST);
    this.names = Object.keys(this.columns) as (keyof C)[];
  }

  /** Rows up to the last one held are known already: the same run gives them again after a seek. */
  append(more: C): void {
    const { length } = more.endNs;
    let from = this.rows === 0 ? 0 : firstAtOrAfter(more.endNs, this.columns.endNs[this.rows - 1]!);
    while (from < length && this.isHeld(more, from)) from++;
    const added = length - from;
    if (added <= 0) return;
    this.makeRoom(added);
    this.copy(more, this.columns, from, length, this.rows);
    this.rows += added;
  }

  /** Number of rows that had ended at `atNs`. */
  endedBy(atNs: Ns): number {
    return firstAfter(this.columns.endNs, this.rows, atNs);
  }

  /** Takes the rows that ended after `atNs` away and hands them out; append() takes them back. */
  cut(atNs: Ns): C {
    const from = this.endedBy(atNs);
    const gone = this.empty(this.rows - from);
    this.copy(this.columns, gone, from, this.rows, 0);
    this.rows = from;
    return gone;
  }

  clear(): void {
    this.rows = 0;
    this.horizonNs = 0;
  }

  /** Several may end at one time, and come in two answers. */
  private isHeld(more: C, row: number): boolean {
    const { endNs } = this.columns;
    for (let held = this.rows - 1; held >= 0 && endNs[held] === more.endNs[row]; held--) {
      if (this.names.every((name) => of(more, name)[row] === of(this.columns, name)[held])) return true;
    }
    return false;
  }

  private copy(source: C, into: C, from: number, to: number, at: number): void {
    for (const name of this.names) of(into, name).set(of(source, name).subarray(from, to), at);
  }

  private makeRoom(added: number): void {
    if (this.rows + added > this.rowsMax && this.rows > 1) {
      const dropped = this.rows >> 1;
      this.horizonNs = this.columns.endNs[dropped - 1]!;
      for (const name of this.names) of(this.columns, name).copyWithin(0, dropped, this.rows);
      this.rows -= dropped;
    }
    const wanted = this.rows + added;
    if (wanted <= this.columns.endNs.length) return;
    const wider = this.empty(2 ** Math.ceil(Math.log2(wanted + 1)));
    this.copy(this.columns, wider, 0, this.rows, 0);
    this.columns = wider;
  }
}

const of = <C>(columns: C, name: keyof C): Column => (columns as Columns)[name as string]!;

/** First of the ascending `times` that lies after `atNs`. */
export function firstAfter(times: Float64Array | readonly number[], length: number, atNs: Ns): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= atNs) low = middle + 1;
    else high = middle;
  }
  return low;
}

const firstAtOrAfter = (times: Float64Array, atNs: Ns): number => firstAfter(times, times.length, atNs - 0.5);
