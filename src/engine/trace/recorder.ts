import { MAX_FIELDS, TRACEPOINT_KEYS } from '../../abi/tracepoints.ts';
import type { Ns } from '../../abi/units.ts';
import { BatchTrail } from './batch-trail.ts';
import { SeekDistances } from './seek-distances.ts';

/** How far a recorder was at some moment of a run. */
export interface TraceMark {
  readonly emitted: number;
  readonly counts: Float64Array;
  readonly seeks: Float64Array;
  readonly batches: Float64Array;
}

/** Events of a run in a ring of columns: the newest are kept, and how many were overwritten is counted, never hidden. */
export class Recorder {
  readonly timeNs: Float64Array;
  readonly id: Uint8Array;
  readonly thread: Int16Array;
  readonly args: Float64Array;
  /** Events emitted since the start; row of event n is n % capacity. */
  emitted = 0;
  /** Emitted per tracepoint, in TRACEPOINT_KEYS' order. */
  readonly counts = new Float64Array(TRACEPOINT_KEYS.length);
  readonly seeks = new SeekDistances();
  readonly batches = new BatchTrail();

  readonly capacity: number;

  constructor(capacity = 1 << 16) {
    this.capacity = capacity;
    this.timeNs = new Float64Array(capacity);
    this.id = new Uint8Array(capacity);
    this.thread = new Int16Array(capacity);
    this.args = new Float64Array(capacity * MAX_FIELDS);
  }

  /** Events that the ring holds when time was last moved, whether they lie before that moment or after it. */
  private heldFrom = 0;
  private heldTo = 0;

  get lost(): number {
    return Math.max(this.heldFrom, Math.max(this.heldTo, this.emitted) - this.capacity);
  }

  /**
   * To another moment of the run. One run has one future, so what the ring holds of it stays good; what a later event
   * has overwritten stays lost, and beyond what was ever held the ring is empty.
   */
  moveTo({ emitted, counts, seeks, batches }: TraceMark): void {
    const from = this.lost;
    const to = Math.max(this.heldTo, this.emitted);
    const isHeld = from <= emitted && emitted <= to;
    this.heldFrom = isHeld ? from : emitted;
    this.heldTo = isHeld ? to : emitted;
    this.emitted = emitted;
    this.counts.set(counts);
    this.seeks.tally.set(seeks);
    this.batches.state.set(batches);
  }

  mark(): TraceMark {
    return {
      emitted: this.emitted,
      counts: this.counts.slice(),
      seeks: this.seeks.tally.slice(),
      batches: this.batches.state.slice(),
    };
  }

  /** `id` is one of TRACE_ID; arguments that are not given are 0. */
  emit(id: number, nowNs: Ns, thread: number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0): void {
    const row = this.emitted % this.capacity;
    this.emitted++;
    this.counts[id]!++;
    this.timeNs[row] = nowNs;
    this.id[row] = id;
    this.thread[row] = thread;
    const { args } = this;
    const at = row * MAX_FIELDS;
    args[at] = a;
    args[at + 1] = b;
    args[at + 2] = c;
    args[at + 3] = d;
    args[at + 4] = e;
    args[at + 5] = f;
    args[at + 6] = g;
    args[at + 7] = h;
    args[at + 8] = i;
  }

  /** Row in the columns of the n-th event since the start; undefined when it is lost or not yet there. */
  rowOf(n: number): number | undefined {
    return n >= this.lost && n < this.emitted ? n % this.capacity : undefined;
  }

  argsOf(row: number): number[] {
    return Array.from(this.args.subarray(row * MAX_FIELDS, (row + 1) * MAX_FIELDS));
  }
}
