/** Every text at hand is read as the reference summaries say, line by line and value by value. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeError } from '../../abi/errors.ts';
import { printedTime, type ReadTrace, type TraceReading, type TraceTable, TraceValues } from '../../abi/trace-table.ts';
import { gunzip, isGzip } from '../shared/gzip.ts';
import { forEachLine } from '../shared/text-lines.ts';
import { readTrace } from './read.ts';

const HERE = fileURLToPath(new URL('fixtures/', import.meta.url));
/** The full recordings lie beside the repository where there are any; the test on them is left out elsewhere. */
const FULL = fileURLToPath(new URL('../../../../shared/traces/', import.meta.url));

/** As the reference summaries have it; `unparsed_lines`: what their own pattern did not take. */
interface Summary {
  readonly lines: number;
  readonly header_comment_lines: number;
  readonly event_lines: number;
  readonly unparsed_lines: number;
  readonly lost_events_lines: number;
  readonly lost_events_examples: readonly string[];
  readonly buffer_started_lines?: number;
  readonly timestamps_going_back: number;
  readonly events: Readonly<Record<string, number>>;
  readonly field_sums: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly cpus?: Readonly<Record<string, number>>;
  readonly tasks?: Readonly<Record<string, number>>;
}

function bytesOf(path: string): Uint8Array {
  const bytes = new Uint8Array(readFileSync(path));
  if (!isGzip(bytes)) return bytes;
  const inflated = gunzip(bytes, 2 ** 28);
  if (inflated.state !== 'whole') throw new Error(path);
  return inflated.bytes;
}

function read(name: string, bytes: Uint8Array): ReadTrace {
  const result = readTrace({ name, bytes });
  if (!result.ok) throw new Error(describeError(result.error));
  return result.value;
}

function linesOf(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  forEachLine(bytes, (line) => lines.push(line));
  return lines;
}

function count(names: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
const rowsOf = (table: TraceTable): number[] => Array.from({ length: table.count }, (_, row) => row);
const eventsOf = (table: TraceTable): Record<string, number> =>
  count(rowsOf(table).map((row) => table.shapes[table.shape[row]!]!.event));

/** Every line is in one counter and one only. */
function accountedLines(reading: TraceReading): number {
  return (
    reading.headerLines +
    reading.eventLines +
    reading.unparsedLines +
    reading.lostLines +
    reading.bufferStartedLines +
    reading.stackLines +
    reading.functionLines +
    reading.footerLines +
    reading.emptyLines
  );
}

/** Once known, a task's thread group is known for all its lines; the kernel prints dashes until then. */
const TGID = /(-\d+ +)\([ \d-]{7}\) (?=\[\d{3}\])/;

/** A line of the kernel's own file without that column, printed anew from the others. */
function kernelLine(table: TraceTable, values: TraceValues, row: number): string {
  const task = table.tasks[table.task[row]!]!;
  const time = String(printedTime(table, row));
  const us = time.padStart(10, '0');
  const stamp = table.clock === 'count' ? time.padStart(12) : `${us.slice(0, -9).padStart(5)}.${us.slice(-9, -3)}`;
  const who = `${task.name.padStart(16)}-${String(task.pid).padEnd(7)} `;
  const cpu = String(table.cpu[row]).padStart(3, '0');
  return `${who}[${cpu}] ${table.texts[table.flags[row]!]} ${stamp}: ${values.shape(row).event}: ${values.eventText(row)}`;
}

/** What stands at the end of the line of an event, as the columns have it. */
function endOfLine(reading: TraceReading, values: TraceValues, row: number): string {
  const text = values.eventText(row);
  if (reading.dialects.includes('blkparse')) return text.split(' ').slice(2).join(' ');
  return reading.dialects.includes('function_graph') ? `/* ${values.shape(row).event}: ${text} */` : text;
}

/** Of larger texts every seventh line is enough. */
const LARGE_ROWS = 15_000;

function differentLines({ table, reading }: ReadTrace, lines: readonly string[]): string[] {
  const values = new TraceValues(table);
  const isKernel = reading.dialects.join() === 'trace';
  const step = table.count > LARGE_ROWS ? 7 : 1;
  return rowsOf(table).flatMap((row) => {
    if (row % step !== 0) return [];
    const line = lines[table.line[row]! - 1]!;
    const isSame = isKernel
      ? kernelLine(table, values, row) === line.replace(TGID, '$1')
      : line.replace(/ +/g, ' ').endsWith(endOfLine(reading, values, row).replace(/ +/g, ' '));
    return isSame ? [] : [`${line} | ${values.eventText(row)}`];
  });
}

function sumsOf({ table }: ReadTrace, wanted: Summary['field_sums']): Record<string, Record<string, number>> {
  const values = new TraceValues(table);
  const sums: Record<string, Record<string, number>> = {};
  for (const row of rowsOf(table)) {
    const { event, fields } = values.shape(row);
    fields.forEach(({ name }, field) => {
      if (wanted[event]?.[name] === undefined) return;
      sums[event] ??= {};
      sums[event][name] = (sums[event][name] ?? 0) + values.number(row, field);
    });
  }
  return sums;
}

/** Where the reference's pattern could read a text, every count and sum is its. */
function expectLikeSummary(name: string, trace: ReadTrace, summary: Summary): void {
  const { table, reading } = trace;
  const started = reading.bufferStartedLines;
  expect(reading.headerLines + started, name).toBe(summary.header_comment_lines);
  expect(started, name).toBe(summary.buffer_started_lines ?? 0);
  expect(reading.eventLines, name).toBe(summary.event_lines);
  expect(reading.lostExamples.slice(0, 3), name).toEqual(summary.lost_events_examples.slice(0, 3));
  expect(reading.lostLines, name).toBe(summary.lost_events_lines);
  expect(reading.timesGoingBack, name).toBe(summary.timestamps_going_back);
  expect(eventsOf(table), name).toEqual(summary.events);
  expect(sumsOf(trace, summary.field_sums), name).toEqual(summary.field_sums);
  const cpus = count(Array.from(table.cpu, (cpu) => String(cpu).padStart(3, '0')));
  if (summary.cpus) expect(cpus, name).toEqual(summary.cpus);
  const tasks = count(Array.from(table.task, (row) => `${table.tasks[row]!.name}-${table.tasks[row]!.pid}`));
  if (summary.tasks) expect(tasks, name).toEqual(summary.tasks);
}

const EVENT = /(?:^|[ :])((?:mm|block|writeback|balance|tracing|folio|wait|filemap|generic|ext4)_\w+): /;

/** Elsewhere the events are counted again, by their names alone. */
function recount(lines: readonly string[]): Record<string, number> {
  return count(lines.flatMap((line) => EVENT.exec(line)?.[1] ?? []));
}

function check(name: string, bytes: Uint8Array, summary: Summary | undefined): ReadTrace {
  const trace = read(name, bytes);
  const lines = linesOf(bytes);
  const { reading } = trace;
  expect(reading.unparsed, name).toEqual([]);
  expect(reading.unparsedLines, name).toBe(0);
  expect(reading.lines, name).toBe(lines.length);
  expect(accountedLines(reading), name).toBe(lines.length);
  expect(trace.table.count, name).toBe(reading.eventLines);
  expect(differentLines(trace, lines).slice(0, 3), name).toEqual([]);
  if (summary?.unparsed_lines === 0) expectLikeSummary(name, trace, summary);
  else if (reading.format === 'ftrace') expect(eventsOf(trace.table), name).toEqual(recount(lines));
  return trace;
}

const isRaw = (name: string): boolean => /raw(\.txt)?(\.gz)?$/.test(name);
function expectRefusedAsRaw(name: string, bytes: Uint8Array): void {
  const refused = readTrace({ name, bytes });
  expect(refused.ok ? '' : describeError(refused.error)).toMatch(
    /^.*: line 1[23]: '.* type: \d+' is no event; numbers only: record without trace option raw\.$/,
  );
}

const EXPECTED: Readonly<Record<string, Summary>> = JSON.parse(readFileSync(`${HERE}expected.json`, 'utf8'));
const FIXTURES = readdirSync(HERE).filter((file) => file.endsWith('.txt.gz'));

test('the texts that come with the tests: four runs, every option of three kernels, blkparse, trace-cmd and perf', () => {
  for (const file of FIXTURES) {
    const name = file.replace('.txt.gz', '');
    if (isRaw(name)) expectRefusedAsRaw(name, bytesOf(HERE + file));
    else check(name, bytesOf(HERE + file), EXPECTED[name]);
  }
});

test('the same events, printed by the kernel, by trace-cmd and by perf, are the same rows', () => {
  const rows = (name: string, isRounded = false): string[] => {
    const { table } = read(name, bytesOf(`${HERE}${name}.txt.gz`));
    const values = new TraceValues(table);
    return rowsOf(table).map((row) => {
      const { fields, event } = values.shape(row);
      const time = printedTime(table, row) / (isRounded ? 1000n : 1n);
      const numbers = fields.flatMap(({ name: field }, at) =>
        /^(nr_|sector|pfn|total_scan|bytes)/.test(field) ? [`${field}=${values.text(row, at)}`] : [],
      );
      return [table.cpu[row], time, table.tasks[table.task[row]!]!.pid, event, ...numbers.sort()].join(' ');
    });
  };
  const byKernel = rows('by-tools');
  for (const tool of ['trace-cmd-report', 'trace-cmd-report-l', 'trace-cmd-report-R', 'perf-script', 'perf-script-F']) {
    expect(rows(tool), tool).toEqual(byKernel);
  }
  expect(rows('perf-script-ns', true)).toEqual(rows('by-tools', true));
});

test('tasks by pid and thread group, whatever tool printed them', () => {
  const tasks = (name: string) => read(name, bytesOf(`${HERE}${name}.txt.gz`)).table.tasks;

  expect(tasks('6.1-odd-names').map(({ name, pid }) => `${name} ${pid}`)).toContain('a [000] b-7 262');
  expect(tasks('perf-script-F')).toContainEqual({ name: 'kswapd0', pid: 43, tgid: 43 });
  expect(tasks('6.12-record-tgid').every(({ pid, tgid }) => pid === tgid || (pid === 0 && tgid <= 0))).toBe(true);
  expect(tasks('blkparse')).toContainEqual({ name: 'dd', pid: 172, tgid: -1 });
  expect(tasks('6.12-nocontext-info')).toEqual([{ name: '', pid: -1, tgid: -1 }]);
});

test.skipIf(!existsSync(FULL))(
  'every full recording and every variant is read as its summary says',
  { timeout: 60_000 },
  () => {
    const variants: Readonly<Record<string, Summary>> = JSON.parse(
      readFileSync(`${FULL}format-variants/summary.json`, 'utf8'),
    ).files;
    for (const [name, summary] of Object.entries(variants)) {
      const bytes = bytesOf(`${FULL}format-variants/${name}`);
      if (isRaw(name)) expectRefusedAsRaw(name, bytes);
      else check(name, bytes, summary);
    }
    for (const run of readdirSync(FULL)) {
      const files = existsSync(`${FULL}${run}/trace.txt`) ? readdirSync(FULL + run) : [];
      for (const file of files.filter((name) => /^(trace.*|blkparse.*)\.txt(\.gz)?$/.test(name))) {
        const isSummed = file === 'trace.txt' && !run.startsWith('workload-');
        const summary: Summary | undefined = isSummed
          ? JSON.parse(readFileSync(`${FULL}${run}/summary.json`, 'utf8'))
          : undefined;
        check(`${run}/${file}`, bytesOf(`${FULL}${run}/${file}`), summary);
      }
    }
  },
);
