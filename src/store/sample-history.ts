import type { SampleColumns } from '../abi/frame.ts';
import type { Ns } from '../abi/units.ts';
import { firstAfter } from './request-history.ts';

/** One machine's samples over the whole run: a row each 50 ms, a few thousand in all, so plain arrays do. */
export class SampleHistory {
  readonly timeNs: Ns[] = [];
  readonly freePages: number[] = [];
  readonly dirtyPages: number[] = [];
  readonly writebackPages: number[] = [];
  /** Per row one value for each thread. */
  readonly ran: Float32Array[] = [];
  readonly stalled: Float32Array[] = [];

  append(more: SampleColumns): void {
    const last = this.timeNs.at(-1);
    const from = last === undefined ? 0 : firstAfter(more.timeNs, more.timeNs.length, last);
    for (let row = from; row < more.timeNs.length; row++) {
      this.timeNs.push(more.timeNs[row]!);
      this.freePages.push(more.freePages[row]!);
      this.dirtyPages.push(more.dirtyPages[row]!);
      this.writebackPages.push(more.writebackPages[row]!);
      this.ran.push(more.ran.slice(row * more.threads, (row + 1) * more.threads));
      this.stalled.push(more.stalled.slice(row * more.threads, (row + 1) * more.threads));
    }
  }

  takenBy(atNs: Ns): number {
    return firstAfter(this.timeNs, this.timeNs.length, atNs);
  }

  cut(atNs: Ns): void {
    const rows = this.takenBy(atNs);
    for (const column of [this.timeNs, this.freePages, this.dirtyPages, this.writebackPages, this.ran, this.stalled]) {
      column.length = rows;
    }
  }

  clear(): void {
    this.cut(-1);
  }
}
