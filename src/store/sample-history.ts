import { SAMPLED } from '../abi/counters.ts';
import { SAMPLE_ACTORS, type SampleColumns } from '../abi/frame.ts';
import type { Ns, Pages } from '../abi/units.ts';
import { firstAfter } from './ended-history.ts';

/** Rows in the order of their times: what a fork takes away, and an undone fork gives back. */
export interface SampleRows {
  readonly timeNs: Ns[];
  readonly freePages: number[];
  readonly dirtyPages: number[];
  readonly writebackPages: number[];
  readonly oomKills: number[];
  readonly overflows: number[];
  /** Per row one value for each thread. */
  readonly ran: Float32Array[];
  readonly stalled: Float32Array[];
  /** Per row one value for each of SAMPLE_ACTORS. */
  readonly acted: Float32Array[];
  /** Per row one value for each of SAMPLED. */
  readonly counters: Float64Array[];
}
type Column = keyof SampleRows;

const noRows = (): SampleRows => ({
  timeNs: [],
  freePages: [],
  dirtyPages: [],
  writebackPages: [],
  oomKills: [],
  overflows: [],
  ran: [],
  stalled: [],
  acted: [],
  counters: [],
});
const COLUMNS = Object.keys(noRows()) as readonly Column[];
const PLAIN = ['timeNs', 'freePages', 'dirtyPages', 'writebackPages', 'oomKills', 'overflows'] as const;

/** So many rows are seven minutes; when there are more the older half is told in half as many, as often as it takes. */
const ROWS_MAX = 8192;

/** One machine's samples over the whole run: a row each 50 ms, a few thousand in all, so plain arrays do. */
export class SampleHistory implements SampleRows {
  readonly timeNs: Ns[] = [];
  readonly freePages: number[] = [];
  readonly dirtyPages: number[] = [];
  readonly writebackPages: number[] = [];
  readonly oomKills: number[] = [];
  readonly overflows: number[] = [];
  readonly ran: Float32Array[] = [];
  readonly stalled: Float32Array[] = [];
  readonly acted: Float32Array[] = [];
  readonly counters: Float64Array[] = [];
  /** Grows whenever rows that may have been painted are gone. */
  cuts = 0;
  /** The most pages that were dirty or being written. */
  peakPages: Pages = 0;

  append(more: SampleColumns): void {
    const last = this.timeNs.at(-1);
    const from = last === undefined ? 0 : firstAfter(more.timeNs, more.timeNs.length, last);
    for (let row = from; row < more.timeNs.length; row++) {
      for (const name of PLAIN) this[name].push(more[name][row]!);
      this.ran.push(more.ran.slice(row * more.threads, (row + 1) * more.threads));
      this.stalled.push(more.stalled.slice(row * more.threads, (row + 1) * more.threads));
      this.acted.push(more.acted.slice(row * SAMPLE_ACTORS.length, (row + 1) * SAMPLE_ACTORS.length));
      this.counters.push(more.counters.slice(row * SAMPLED.length, (row + 1) * SAMPLED.length));
      this.peakPages = Math.max(this.peakPages, (more.dirtyPages[row]! || 0) + (more.writebackPages[row]! || 0));
      if (this.timeNs.length > ROWS_MAX) this.thin();
    }
  }

  takenBy(atNs: Ns): number {
    return firstAfter(this.timeNs, this.timeNs.length, atNs);
  }

  /** Takes the rows after `atNs` away and hands them out. */
  cut(atNs: Ns): SampleRows {
    const from = this.takenBy(atNs);
    this.cuts++;
    const gone = noRows();
    for (const name of COLUMNS) Object.assign(gone, { [name]: this[name].splice(from) });
    this.peakPages = peakOf(this);
    return gone;
  }

  /** What cut() handed out comes back; rows it held are known again. */
  join(rows: SampleRows): void {
    const from = firstAfter(rows.timeNs, rows.timeNs.length, this.timeNs.at(-1) ?? -1);
    for (const name of COLUMNS) (this[name] as unknown[]).push(...(rows[name] as unknown[]).slice(from));
    this.peakPages = peakOf(this);
  }

  /** Two rows of the older half become one, at the time of the second: shares are their mean, peaks stay, kills and overflows add up. */
  private thin(): void {
    const pairs = ROWS_MAX >> 2;
    for (let pair = 0; pair < pairs; pair++) {
      const first = 2 * pair;
      const second = first + 1;
      for (const name of ['dirtyPages', 'writebackPages'] as const)
        this[name][second] = mostOf(this[name][first]!, this[name][second]!);
      for (const name of ['oomKills', 'overflows'] as const) this[name][second]! += this[name][first]!;
      for (const name of ['ran', 'stalled', 'acted'] as const)
        this[name][second] = this[name][second]!.map((share, at) => (share + this[name][first]![at]!) / 2);
      for (const name of COLUMNS) (this[name] as unknown[])[pair] = this[name][second];
    }
    for (const name of COLUMNS) (this[name] as unknown[]).splice(pairs, pairs);
    this.cuts++;
  }

  clear(): void {
    this.cut(-1);
  }
}

const peakOf = ({ dirtyPages, writebackPages }: SampleRows): Pages =>
  dirtyPages.reduce((most, dirty, row) => Math.max(most, (dirty || 0) + (writebackPages[row]! || 0)), 0);

/** A trace may not tell every sample: what it does not know is NaN, and of two the known one counts. */
const mostOf = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b));
