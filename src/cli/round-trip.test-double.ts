import { expect } from 'vitest';
import { describeError } from '../abi/errors.ts';
import { LIST_NAMES } from '../abi/frame.ts';
import { type ExportFormatId, type ExportRun, pidOf } from '../abi/trace-export.ts';
import { gfpText, RECLAIM_WB_FILE, THROTTLE_REASONS, writebackFlagsText } from '../abi/trace-flags.ts';
import { type ReadTrace, TraceValues } from '../abi/trace-table.ts';
import { deviceNumber, TRACEPOINTS, type TracepointKey } from '../abi/tracepoints.ts';
import type { ScriptEvent } from '../abi/vmscan-script.ts';
import { createTraceWriter } from '../formats/export/registry.ts';
import { readTrace } from '../formats/trace/read.ts';

// Events written as text, read back, and compared with what they were: for tests of both ways at once.

/** Some events of a run. */
export interface Taken {
  readonly run: ExportRun;
  readonly events: readonly ScriptEvent[];
  readonly untilNs: number;
}
export function textOf(format: ExportFormatId, { run, events, untilNs }: Taken): string {
  const writer = createTraceWriter(format);
  const begin = writer.begin(run);
  const lines = events.map((event) => writer.event(event));
  const text = begin + lines.join('') + writer.end({ atNs: untilNs, vmstat: [] });
  const head = writer.mended?.() ?? '';
  return head + text.slice(head.length);
}

/** What a format writes of some events, read back. */
export function roundTrip(format: ExportFormatId, taken: Taken): ReadTrace {
  const read = readTrace({ name: format, bytes: new TextEncoder().encode(textOf(format, taken)) });
  if (!read.ok) throw new Error(describeError(read.error));
  expect(read.value.reading.unparsed).toEqual([]);
  if (format === 'ftrace-6.1') expect(read.value.reading.entriesWritten).toBe(read.value.table.count);
  return read.value;
}
/** Whose words a text is in. */
export type Wording = '2.6.36' | '3.2' | '6.1';
export const isIn32 = ({ key }: ScriptEvent): boolean => key !== 'throttled';
export const isIn2636 = ({ key }: ScriptEvent): boolean => key !== 'lruShrinkInactive' && key !== 'throttled';
const RENAMED: Partial<Record<TracepointKey, string>> = {
  memcgIsolate: 'mm_vmscan_lru_isolate',
  writepage: 'mm_vmscan_write_folio',
  oomKill: 'mark_victim',
};

/** What is printed and no number of the event: the model has but one value of it, or it follows from others. */
const GIVEN: Readonly<Record<string, string>> = {
  cmd: '',
  error: '0',
  sb_dev: '0:0',
  sync_mode: '0',
  classzone: '2',
  nr_skipped: '0',
  nr_congested: '0',
  nr_immediate: '0',
  nr_ref_keep: '0',
  nr_unmap_fail: '0',
  cgroup_ino: '1',
};

/** An event's fields as a kernel prints them, made from its numbers without a look at the writers. */
function expected({ key, task, args }: ScriptEvent, wording: Wording): Record<string, string> {
  const is61 = wording === '6.1';
  const texts: Record<string, string> = { ...GIVEN, comm: task.slice(0, 15) };
  const numbers: Record<string, number> = {};
  for (const [column, [field, kind]] of Object.entries(TRACEPOINTS[key].fields).entries()) {
    const value = args[column]!;
    numbers[field] = value;
    texts[field] = value === Number.POSITIVE_INFINITY ? '9223372036854775807' : String(value);
    if (kind === 'dev') texts[field] = deviceNumber(value, field === 'bdi' ? ':' : ',');
    if (kind === 'wb') texts[field] = writebackFlagsText(value);
    if (kind === 'gfp')
      texts[field] = is61 ? gfpText(value).replaceAll('GFP_NORETRY', '__GFP_NORETRY') : gfpText(value);
    if (kind === 'lru') texts[field] = LIST_NAMES[value]!;
    if (kind === 'throttle') texts[field] = `VMSCAN_THROTTLE_${THROTTLE_REASONS[value]}`;
  }
  const { write, pfn = 0, nr_sector = 0, nr_activate = 0, flags = 0, kupdate, background } = numbers;
  if (write !== undefined) texts.rwbs = write === 1 ? 'W' : 'R';
  texts.bytes = is61 ? String(nr_sector * 512) : '0';
  texts.page = (0xffffea0000000000n + BigInt(pfn * (is61 ? 64 : 56))).toString(16);
  // A number in 2.6.36, from 3.2 on a bit for each list.
  if (wording === '3.2' && numbers.isolate_mode !== undefined) texts.isolate_mode = String(numbers.isolate_mode + 1);
  if (!is61) return texts;
  texts.pfn = pfn.toString(16);
  texts.pid = numbers.victim === undefined ? '' : String(pidOf(numbers.victim));
  if (texts.isolate_mode) texts.isolate_mode = '0';
  texts.nr_activate_file = flags & RECLAIM_WB_FILE ? String(nr_activate) : '0';
  texts.nr_activate_anon = flags & RECLAIM_WB_FILE ? '0' : String(nr_activate);
  if (key !== 'throttled') texts.reason = kupdate ? 'periodic' : background ? 'background' : 'vmscan';
  return texts;
}

const seconds = (ns: number): string =>
  `${Math.floor(ns / 1e9)}.${String(Math.floor((ns % 1e9) / 1e3)).padStart(6, '0')}`;

/** `task-pid time name`, then every field that is printed. */
function readLine({ table }: ReadTrace, values: TraceValues, row: number): { front: string; fields: string[] } {
  const { name, pid } = table.tasks[table.task[row]!]!;
  const shape = values.shape(row);
  const front = `${name}-${pid} ${seconds(Number(table.originNs) + table.timeNs[row]!)} ${shape.event}`;
  return { front, fields: shape.fields.map(({ name: field }, at) => `${field}=${values.text(row, at)}`) };
}

/** Every row of the text is its event, to the last field. */
export function compare(read: ReadTrace, events: readonly ScriptEvent[], wording: Wording): void {
  const values = new TraceValues(read.table);
  expect(read.table.count).toBe(events.length);
  for (const [row, event] of events.entries()) {
    const { front, fields } = readLine(read, values, row);
    const name = (wording === '6.1' ? RENAMED[event.key] : undefined) ?? TRACEPOINTS[event.key].name;
    const wantedFront = `${event.task.slice(0, 15)}-${event.pid} ${seconds(event.timeNs)} ${name}`;
    // Asserted only where it fails: there are tens of thousands.
    if (front !== wantedFront) expect(front).toBe(wantedFront);
    const texts = expected(event, wording);
    const names = values.shape(row).fields.map((field) => field.name);
    const wanted = names.map((field) => `${field}=${texts[field]}`);
    if (wanted.join() !== fields.join()) expect(fields, front).toEqual(wanted);
  }
}
