import { writebackFlagsOf } from '../../abi/trace-flags.ts';
import { fieldOf, type TraceShape, type TraceTable } from '../../abi/trace-table.ts';
import { TRACEPOINT_KEYS, TRACEPOINTS } from '../../abi/tracepoints.ts';
import type { ScriptEvent } from '../../abi/vmscan-script.ts';
import { areModesBits } from '../isolate-mode.ts';
import { TraceRows } from '../summary/pass.ts';

/** 2.6.36 names how lumpy reclaim took its batch, and no list: the script of its day reads it. */
export const isOldWording = (table: TraceTable): boolean =>
  table.shapes.some((shape) => fieldOf(shape, 'contig_taken') >= 0 || fieldOf(shape, 'may_writepage') >= 0);

/** The events of a table in the words of 2.6.36, as the script of 2.6.36 takes them. */
export function* oldEvents(table: TraceTable): Generator<ScriptEvent> {
  const rows = new TraceRows(table);
  // The script of 3.2 leaves out the mode 2 where that of 2.6.36 leaves out 1, and no other.
  const firstMode = areModesBits(table) ? 1 : 0;
  const readers = table.shapes.map((shape) => readerOf(rows, shape, firstMode));
  for (let row = 0; row < table.count; row++) {
    const reader = readers[table.shape[row]!];
    if (reader === undefined) continue;
    const { name, pid } = table.tasks[table.task[row]!]!;
    yield { timeNs: rows.micros(row) * 1000, task: name, pid, key: reader.key, args: reader.args(row) };
  }
}

function readerOf(rows: TraceRows, shape: TraceShape, firstMode: number) {
  const key = TRACEPOINT_KEYS.find((candidate) => TRACEPOINTS[candidate].name === shape.event);
  if (key === undefined) return undefined;
  const fields = Object.entries(TRACEPOINTS[key].fields).map(([name, kind]) => ({ field: fieldOf(shape, name), kind }));
  const modeField = fieldOf(shape, 'isolate_mode');
  const args = (row: number) =>
    fields.map(({ field, kind }) => {
      if (kind === 'wb') return writebackFlagsOf(rows.text(row, field));
      const value = numberOf(rows.values.number(row, field));
      return field >= 0 && field === modeField ? value - firstMode : value;
    });
  return { key, args };
}

/** Fields that the text does not carry are 0. */
const numberOf = (value: number): number => (Number.isNaN(value) ? 0 : value);
