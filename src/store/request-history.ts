import type { RequestColumns } from '../abi/frame.ts';
import type { Ns } from '../abi/units.ts';

/** Beyond this the older half is let go; `horizonNs` then says from when on the picture is whole. */
const ROWS_MAX = 1 << 18;

const ROWS_AT_FIRST = 256;

function emptyColumns(length: number): RequestColumns {
  return {
    startNs: new Float64Array(length),
    endNs: new Float64Array(length),
    disk: new Uint8Array(length),
    sector: new Float64Array(length),
    sectors: new Int32Array(length),
    write: new Uint8Array(length),
    by: new Uint8Array(length),
    seekNs: new Float64Array(length),
    rotateNs: new Float64Array(length),
    transferNs: new Float64Array(length),
  };
}
const NAMES = Object.keys(emptyColumns(0)) as readonly (keyof RequestColumns)[];

/** All requests a disk has finished, in the order of their ends: kept when time is turned back, cut only by a fork. */
export class RequestHistory {
  columns = emptyColumns(ROWS_AT_FIRST);
  rows = 0;
  horizonNs: Ns = 0;

  /** Rows up to the last one held are known already: the same run gives them again after a seek. */
  append(more: RequestColumns): void {
    const from = this.rows === 0 ? 0 : firstAfter(more.endNs, more.endNs.length, this.columns.endNs[this.rows - 1]!);
    const added = more.endNs.length - from;
    if (added <= 0) return;
    this.makeRoom(added);
    for (const name of NAMES) this.columns[name].set(more[name].subarray(from), this.rows);
    this.rows += added;
  }

  /** Number of rows that had ended at `atNs`. */
  endedBy(atNs: Ns): number {
    return firstAfter(this.columns.endNs, this.rows, atNs);
  }

  /** Takes the rows that ended after `atNs` away and hands them out; append() takes them back. */
  cut(atNs: Ns): RequestColumns {
    const from = this.endedBy(atNs);
    const gone = emptyColumns(this.rows - from);
    for (const name of NAMES) gone[name].set(this.columns[name].subarray(from, this.rows));
    this.rows = from;
    return gone;
  }

  clear(): void {
    this.rows = 0;
    this.horizonNs = 0;
  }

  private makeRoom(added: number): void {
    if (this.rows + added > ROWS_MAX && this.rows > 1) {
      const dropped = this.rows >> 1;
      this.horizonNs = this.columns.endNs[dropped - 1]!;
      for (const name of NAMES) this.columns[name].copyWithin(0, dropped, this.rows);
      this.rows -= dropped;
    }
    const wanted = this.rows + added;
    if (wanted <= this.columns.endNs.length) return;
    const wider = emptyColumns(2 ** Math.ceil(Math.log2(wanted + 1)));
    for (const name of NAMES) wider[name].set(this.columns[name].subarray(0, this.rows));
    this.columns = wider;
  }
}

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
