import type { EventColumns, EventText } from '../../abi/events.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { MAX_FIELDS, TRACEPOINT_KEYS, type TracepointKey } from '../../abi/tracepoints.ts';
import type { Ns } from '../../abi/units.ts';

export interface LogRow {
  readonly machine: MachineId;
  /** Number of the event in its machine's run. */
  readonly n: number;
  readonly atNs: Ns;
  /** Undefined: an event that no simulated kernel has. */
  readonly key: TracepointKey | undefined;
  /** Task id, or DISKS. */
  readonly thread: number;
  readonly args: readonly number[];
  /** Of a recorded kernel: what it printed. */
  readonly printed?: EventText;
}

/** As many rows as a log keeps of each machine. */
export const ROWS_MAX = 4000;

/** The newest events of one machine that fit a filter, in one piece: asked for from where the last answer ended. */
export class LogRows {
  rows: readonly LogRow[] = [];
  /** Events of the run before the first that could be looked at. */
  lost = 0;
  /** The rows are all that fit from this event on. */
  completeFrom = 0;
  /** What to ask for next: events from here on have not been looked at. */
  next = 0;

  /** False: the machine stands before all that is held, so that has been let go, and is to be asked for anew. */
  take(machine: MachineId, found: EventColumns): boolean {
    if (found.emitted < this.completeFrom) {
      Object.assign(this, new LogRows());
      return false;
    }
    // Time was turned back a little: nothing new, and what is held stays.
    if (found.emitted < this.next) return true;
    const added = Array.from(found.n, (n, row) => rowOf(machine, found, n, row));
    if (this.next === 0 || found.completeFrom > this.next) {
      this.rows = added;
      this.lost = found.lost;
      this.completeFrom = found.completeFrom;
    } else if (added.length > 0) {
      const rows = [...this.rows, ...added];
      const dropped = Math.max(0, rows.length - ROWS_MAX);
      if (dropped > 0) this.completeFrom = rows[dropped]!.n;
      this.rows = rows.slice(dropped);
    }
    this.next = found.emitted;
    return true;
  }
}

function rowOf(machine: MachineId, found: EventColumns, n: number, row: number): LogRow {
  const { timeNs, id, thread, args, texts } = found;
  const printed = texts?.[row];
  return {
    machine,
    n,
    atNs: timeNs[row]!,
    key: TRACEPOINT_KEYS[id[row]!],
    thread: thread[row]!,
    args: Array.from(args.subarray(row * MAX_FIELDS, (row + 1) * MAX_FIELDS)),
    ...(printed && { printed }),
  };
}

/** Both machines' rows by time; what happens at one time, A's first. */
export function merged(a: readonly LogRow[], b: readonly LogRow[]): readonly LogRow[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const rows: LogRow[] = [];
  let at = 0;
  for (const row of b) {
    while (at < a.length && a[at]!.atNs <= row.atNs) rows.push(a[at++]!);
    rows.push(row);
  }
  return rows.concat(a.slice(at));
}

/** Number of rows that have happened by `atNs`. */
export function happened(rows: readonly LogRow[], atNs: Ns): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.atNs <= atNs) low = middle + 1;
    else high = middle;
  }
  return low;
}
