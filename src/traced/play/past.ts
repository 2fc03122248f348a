import type { PastFrame } from '../../abi/frame.ts';
import type { Bytes } from '../../abi/units.ts';
import type { TraceIndex } from './index-of.ts';
import { type Known, knownOf } from './known.ts';
import { SampleTable } from './samples.ts';
import { PlayState } from './state.ts';

/** Rows that are played again in a few milliseconds. */
const ROWS_BETWEEN = 16_384;
/** Of all checkpoints together: page states of a large machine are megabytes each. */
const BUDGET_BYTES: Bytes = 64 * 2 ** 20;

/** The whole trace, played through once: its samples, and places to start from again. */
export class Past {
  readonly samples: SampleTable;
  readonly known: Known;
  readonly frame: PastFrame;
  readonly spacingRows: number;
  private readonly checkpoints: PlayState[] = [];

  constructor(index: TraceIndex) {
    const { rows } = index;
    this.known = knownOf(rows);
    this.samples = new SampleTable(index);
    const state = new PlayState(index);
    const most = Math.max(1, Math.floor(BUDGET_BYTES / Math.max(1, state.bytes)));
    this.spacingRows = Math.max(ROWS_BETWEEN, Math.ceil(rows.count / most));
    for (let goal = 0; goal <= rows.count; goal += this.spacingRows) {
      this.sampleTo(state, goal);
      this.checkpoints.push(state.copy());
    }
    this.sampleTo(state, rows.count);
    this.takeSamplesBefore(state, Number.POSITIVE_INFINITY);
    this.frame = {
      checkpoints: this.checkpoints.length,
      checkpointBytes: this.checkpoints.reduce((sum, { bytes }) => sum + bytes, 0),
      budgetBytes: BUDGET_BYTES,
      spacingNs: rows.durationNs / this.checkpoints.length,
      horizonNs: 0,
    };
  }

  /** A state of its own with at most so many rows done. */
  before(rowsDone: number): PlayState {
    const at = this.checkpoints.findLast((checkpoint) => checkpoint.rowsDone <= rowsDone)!;
    return at.copy();
  }

  private sampleTo(state: PlayState, rowsDone: number): void {
    const { atNs } = state.index.rows;
    while (state.rowsDone < rowsDone) {
      this.takeSamplesBefore(state, atNs[state.rowsDone]!);
      state.runTo(state.rowsDone + 1);
    }
  }

  private takeSamplesBefore(state: PlayState, ns: number): void {
    for (let nowNs = this.samples.nextNs; nowNs < ns; nowNs = this.samples.nextNs)
      this.samples.take({ state, nowNs, known: this.known });
  }
}
