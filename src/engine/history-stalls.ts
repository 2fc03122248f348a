import { STALL_KINDS, type StallColumns } from '../abi/frame.ts';
import { TRACE_ID } from '../abi/tracepoints.ts';
import type { Ns } from '../abi/units.ts';
import { Rows } from './history-columns.ts';

/** Begin and end events of each of STALL_KINDS. */
const EDGES: readonly (readonly [begin: number, end: number])[] = [
  [TRACE_ID.directReclaimBegin, TRACE_ID.directReclaimEnd],
  [TRACE_ID.memcgReclaimBegin, TRACE_ID.memcgReclaimEnd],
  [TRACE_ID.balanceDirtyBegin, TRACE_ID.balanceDirtyEnd],
];
const THROTTLED = STALL_KINDS.indexOf('throttled');
const NOT_HELD = -1;
const COLUMNS = 4;
const ROWS_MOST = 1 << 16;

/** Pairs the events of a trace to stalls: who was held, from when to when, by what. */
export class StallLog {
  /** Per thread and kind; goes back with a checkpoint, so that a stall that began before it is whole. */
  readonly openSince: Float64Array;
  private readonly rows = new Rows(COLUMNS, ROWS_MOST);

  constructor(threads: number) {
    this.openSince = new Float64Array(threads * EDGES.length).fill(NOT_HELD);
  }

  /** The next event of the trace; a stall that had ended by `knownNs` has been handed over. */
  note(id: number, thread: number, atNs: Ns, knownNs: Ns): void {
    const kind = KIND_OF[id]!;
    if (kind === NONE) return;
    const place = thread * EDGES.length + kind;
    if (id === EDGES[kind]![0]) {
      this.openSince[place] = atNs;
      return;
    }
    const sinceNs = this.openSince[place]!;
    this.openSince[place] = NOT_HELD;
    if (sinceNs === NOT_HELD || atNs <= knownNs || (kind === THROTTLED && atNs === sinceNs)) return;
    const at = this.rows.add();
    const { values } = this.rows;
    values[at] = atNs;
    values[at + 1] = sinceNs;
    values[at + 2] = thread;
    values[at + 3] = kind;
  }

  cutAfter(ns: Ns): void {
    this.rows.cutAfter(ns);
  }

  take(): StallColumns {
    const { column } = this.rows.take();
    return {
      endNs: column(0),
      startNs: column(1),
      thread: Int16Array.from(column(2)),
      kind: Uint8Array.from(column(3)),
    };
  }
}

const NONE = 255;
/** Which kind of stall an event begins or ends, by its id. */
const KIND_OF = new Uint8Array(256).fill(NONE);
for (const [kind, edges] of EDGES.entries()) for (const id of edges) KIND_OF[id] = kind;
