import type { Ns, Pages } from '../../abi/units.ts';

/** As many as the lens shows. */
const BATCHES = 8;
const COLUMNS = 6;
/** After the rows: how many were ever noted. */
const NOTED = BATCHES * COLUMNS;

/** A batch of an inactive file list after it was judged; what was not freed went back, some of it dirty or under writeback. */
export interface Batch {
  readonly endNs: Ns;
  readonly thread: number;
  readonly taken: Pages;
  readonly freed: Pages;
  readonly dirty: Pages;
  readonly writeback: Pages;
}

/** The last batches of shrink_inactive_list(), with what became of their pages. Kept beside the machine, like the trace. */
export class BatchTrail {
  /** A ring of rows and their number: what a checkpoint copies. */
  readonly state = new Float64Array(NOTED + 1);

  get noted(): number {
    return this.state[NOTED]!;
  }

  note({ endNs, thread, taken, freed, dirty, writeback }: Batch): void {
    this.state.set([endNs, thread, taken, freed, dirty, writeback], (this.noted % BATCHES) * COLUMNS);
    this.state[NOTED]!++;
  }

  /** The oldest first. */
  latest(): readonly Batch[] {
    const first = Math.max(0, this.noted - BATCHES);
    return Array.from({ length: this.noted - first }, (_, i) => {
      const at = ((first + i) % BATCHES) * COLUMNS;
      const [endNs, thread, taken, freed, dirty, writeback] = this.state.subarray(at, at + COLUMNS);
      return {
        endNs: endNs!,
        thread: thread!,
        taken: taken!,
        freed: freed!,
        dirty: dirty!,
        writeback: writeback!,
      };
    });
  }
}
