import { DISKS, type EventAsk, type EventColumns, eventText, isOfDisk } from '../../abi/events.ts';
import { MAX_FIELDS, TRACEPOINT_KEYS } from '../../abi/tracepoints.ts';
import type { Recorder } from './recorder.ts';

const IS_OF_DISK = TRACEPOINT_KEYS.map(isOfDisk);

/** Reads events off the ring, from the newest back to `from`, to the oldest that is left, or until the limit is full. */
export function findEvents(trace: Recorder, ask: EventAsk): EventColumns {
  const fits = fitting(trace, ask);
  const rows: number[] = [];
  const oldest = Math.max(ask.from, trace.lost);
  let n = trace.emitted - 1;
  for (; n >= oldest && rows.length < ask.limit; n--) if (fits(n % trace.capacity)) rows.push(n);
  rows.reverse();
  const at = (event: number) => event % trace.capacity;
  const args = new Float64Array(rows.length * MAX_FIELDS);
  for (const [row, event] of rows.entries()) {
    const from = at(event) * MAX_FIELDS;
    args.set(trace.args.subarray(from, from + MAX_FIELDS), row * MAX_FIELDS);
  }
  return {
    n: Float64Array.from(rows),
    timeNs: Float64Array.from(rows, (event) => trace.timeNs[at(event)]!),
    id: Uint8Array.from(rows, (event) => trace.id[at(event)]!),
    thread: Int16Array.from(rows, (event) => whoOf(trace, at(event))),
    args,
    lost: trace.lost,
    emitted: trace.emitted,
    completeFrom: n + 1,
  };
}

function whoOf(trace: Recorder, row: number): number {
  return IS_OF_DISK[trace.id[row]!] ? DISKS : trace.thread[row]!;
}

function fitting(trace: Recorder, { ids, thread, text }: EventAsk): (row: number) => boolean {
  const wanted = ids && new Set(ids);
  const needle = text.trim().toLowerCase();
  return (row) => {
    const id = trace.id[row]!;
    if (wanted && !wanted.has(id)) return false;
    if (thread !== undefined && whoOf(trace, row) !== thread) return false;
    return needle === '' || eventText(TRACEPOINT_KEYS[id]!, trace.argsOf(row)).toLowerCase().includes(needle);
  };
}
