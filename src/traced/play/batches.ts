import type { Cast } from './cast.ts';
import { isInactive, KIND } from './kinds.ts';
import type { PlayRows } from './rows.ts';

/** Batches of file pages that a task was done with, in the order of the rows that say so. */
export interface BatchTable {
  readonly endNs: Float64Array;
  readonly endRow: Float64Array;
  /** Row of the cast's actors; -1: not shown. */
  readonly actor: Int16Array;
  readonly taken: Float64Array;
  readonly freed: Float64Array;
  /** NaN where the kernel's event does not have it. */
  readonly dirty: Float64Array;
  readonly writeback: Float64Array;
}

/** Pairs what a task isolates from the inactive file list with what the same task then says of it. */
export function batchesOf(rows: PlayRows, cast: Cast): BatchTable {
  const taken = new Float64Array(cast.persons).fill(Number.NaN);
  const found: number[][] = [];
  for (let row = 0; row < rows.count; row++) {
    const kind = rows.kind(row);
    if (kind !== KIND.isolate && kind !== KIND.shrinkInactive) continue;
    const who = cast.person[rows.table.task[row]!]!;
    if (kind === KIND.isolate) {
      if (isInactive(rows.text(row, 2), rows.number(row, 3), rows.areModesBits)) taken[who] = rows.number(row, 1);
      continue;
    }
    if (rows.text(row, 4).includes('FILE')) found.push(batchAt(rows, row, cast.actorOf[who]!, taken[who]!));
    taken[who] = Number.NaN;
  }
  const column = (at: number) => Float64Array.from(found, (batch) => batch[at]!);
  return {
    endNs: column(0),
    endRow: column(1),
    actor: Int16Array.from(column(2)),
    taken: column(3),
    freed: column(4),
    dirty: column(5),
    writeback: column(6),
  };
}

/** Where the isolation is not in the trace, what was scanned is what was taken. */
function batchAt(rows: PlayRows, row: number, actor: number, taken: number): number[] {
  const pages = Number.isNaN(taken) ? rows.number(row, 0) : taken;
  const figures = [1, 2, 3].map((nth) => rows.number(row, nth));
  return [rows.atNs[row]!, row, actor, pages, ...figures];
}
