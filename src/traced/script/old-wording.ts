import { writebackFlagsOf } from '../../abi/trace-flags.ts';
import { fieldOf, type TraceShape, type TraceTable } from '../../abi/trace-table.ts';
import { TRACEPOINT_KEYS, TRACEPOINTS } from '../../abi/tracepoints.ts';
import type { ScriptEvent } from '../../abi/vmscan-script.ts';
import { TraceRows } from '../summary/pass.ts';

/** 2.6.36 names how lumpy reclaim took its batch, and no list: the script of its day reads it. */
export const isOldWording = (table: TraceTable): boolean =>
  table.shapes.some((shape) => fieldOf(shape, 'contig_taken') >= 0 || fieldOf(shape, 'may_writepage') >= 0);

/** The events of a table in the words of 2.6.36, as the script of 2.6.36 takes them. */
export function* oldEvents(table: TraceTable): Generator<ScriptEvent> {
  const rows = new TraceRows(table);
  const readers = table.shapes.map((shape) => readerOf(rows, shape));
  for (let row = 0; row < table.count; row++) {
    const reader = readers[table.shape[row]!];
    if (reader === undefined) continue;
    const { name, pid } = table.tasks[table.task[row]!]!;
    yield { timeNs: rows.micros(row) * 1000, task: name, pid, key: reader.key, args: reader.args(row) };
  }
}

function readerOf(rows: TraceRows, shape: TraceShape) {
  const key = TRACEPOINT_KEYS.find((candidate) => TRACEPOINTS[candidate].name === shape.event);
  if (key === undefined) return undefined;
  const fields = Object.entries(TRACEPOINTS[key].fields).map(([name, kind]) => ({ field: fieldOf(shape, name), kind }));
  const args = (row: number) =>
    fields.map(({ field, kind }) =>
      kind === 'wb' ? writebackFlagsOf(rows.text(row, field)) : numberOf(rows.values.number(row, field)),
    );
  return { key, args };
}

/** Fields that the text does not carry are 0. */
const numberOf = (value: number): number => (Number.isNaN(value) ? 0 : value);
