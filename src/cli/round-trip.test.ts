import { expect, test } from 'vitest';
import { describeError } from '../abi/errors.ts';
import { LIST_NAMES } from '../abi/frame.ts';
import type { Scenario } from '../abi/scenario.ts';
import type { ExportFormatId, ExportRun } from '../abi/trace-export.ts';
import { gfpText, RECLAIM_WB_FILE, THROTTLE_REASONS, writebackFlagsText } from '../abi/trace-flags.ts';
import { type ReadTrace, TraceValues } from '../abi/trace-table.ts';
import { deviceNumber, TRACEPOINTS, type TracepointKey } from '../abi/tracepoints.ts';
import { MS, S } from '../abi/units.ts';
import { readAsScript, type ScriptEvent, scriptSummary } from '../abi/vmscan-script.ts';
import { scriptText } from '../abi/vmscan-script-text.ts';
import { eventsOf, exportRunOf } from '../engine/drain.ts';
import { Engine } from '../engine/engine.ts';
import { createTraceWriter } from '../formats/export/registry.ts';
import { readTrace } from '../formats/trace/read.ts';
import { SCENES } from '../scenarios/registry.ts';
import { scriptReports } from '../traced/script/report.ts';
import { recordingOf } from './input.ts';

/** So many of each scene hold every kind of event that the scene has, and are read in a moment. */
const EVENTS = 3000;
const LONGEST_S = 20;

interface Taken {
  readonly run: ExportRun;
  readonly events: readonly ScriptEvent[];
  readonly untilNs: number;
}

function firstEvents(scenario: Scenario): Taken {
  const recording = recordingOf(scenario, { workloads: [] });
  const booted = Engine.boot(scenario, 'A', recording.ok ? recording.value : undefined, false);
  if (!booted.ok) throw new Error(describeError(booted.error));
  const run = exportRunOf(booted.value, scenario, 'A');
  const events: ScriptEvent[] = [];
  for (const event of eventsOf(booted.value, LONGEST_S * S, 50 * MS)) {
    events.push(event);
    if (events.length === EVENTS) break;
  }
  return { run, events, untilNs: booted.value.nowNs };
}

function textOf(format: ExportFormatId, { run, events, untilNs }: Taken): string {
  const writer = createTraceWriter(format);
  const begin = writer.begin(run);
  const lines = events.map((event) => writer.event(event));
  return begin + lines.join('') + writer.end({ atNs: untilNs, vmstat: [] });
}

/** What a format writes of some events, read back. */
function roundTrip(format: ExportFormatId, taken: Taken): ReadTrace {
  const read = readTrace({ name: format, bytes: new TextEncoder().encode(textOf(format, taken)) });
  if (!read.ok) throw new Error(describeError(read.error));
  expect(read.value.reading.unparsed).toEqual([]);
  return read.value;
}

const SCENARIOS: readonly Scenario[] = [
  ...SCENES,
  // A kernel that stalls in reclaim_throttle().
  { ...SCENES.find(({ id }) => id === 'memcg-busy')!, id: 'memcg-busy on 6.1', kernels: { A: 'v6.1', B: 'v6.1' } },
];
const isIn2636 = ({ key }: ScriptEvent): boolean => key !== 'lruShrinkInactive' && key !== 'throttled';
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

/** An event's fields as 2.6.36 or 6.1 prints them, made from its numbers without a look at the writers. */
function expected({ key, task, args }: ScriptEvent, is61: boolean): Record<string, string> {
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
  if (!is61) return texts;
  texts.pfn = pfn.toString(16);
  texts.pid = texts.victim ?? '';
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
function compare(read: ReadTrace, events: readonly ScriptEvent[], is61: boolean): void {
  const values = new TraceValues(read.table);
  expect(read.table.count).toBe(events.length);
  for (const [row, event] of events.entries()) {
    const { front, fields } = readLine(read, values, row);
    const name = (is61 ? RENAMED[event.key] : undefined) ?? TRACEPOINTS[event.key].name;
    expect(front).toBe(`${event.task.slice(0, 15)}-${event.pid} ${seconds(event.timeNs)} ${name}`);
    const texts = expected(event, is61);
    const names = values.shape(row).fields.map((field) => field.name);
    const wanted = names.map((field) => `${field}=${texts[field]}`);
    if (wanted.join() !== fields.join()) expect(fields, front).toEqual(wanted);
  }
}

/** What the scripts make of the texts is what ours makes of the events; that of 6.12 passes over pages that reclaim writes. */
function compareTables(old: ReadTrace, modern: ReadTrace, events: readonly ScriptEvent[]): void {
  // A text without a batch or a reclaim does not tell whose words it is in.
  const tells = events.some(({ key }) => /Isolate$|ReclaimBegin$/.test(key));
  if (tells) expect(scriptReports(old).script.text).toBe(scriptText(readAsScript(events)));
  // In 6.1 a group's batches have no event of their own.
  const as61 = events.map((event) => (event.key === 'memcgIsolate' ? { ...event, key: 'lruIsolate' as const } : event));
  const figures = new Map(scriptReports(modern).script.rows.map(({ label, value }) => [label, value]));
  for (const { label, value } of scriptSummary(readAsScript(as61))) {
    // Blocks of nobody are not printed. Seconds are summed in another order.
    if (figures.has(label) && !/ I\/O$/.test(label)) expect(figures.get(label), label).toBeCloseTo(value, 6);
  }
}

const HOOKED: Readonly<Record<string, string>> = {
  Q: 'block_bio_queue',
  G: 'block_getrq',
  I: 'block_rq_insert',
  D: 'block_rq_issue',
  C: 'block_rq_complete',
};
const ACTIONS: Partial<Record<TracepointKey, string>> = {
  blockRqInsert: 'QGI',
  blockRqIssue: 'D',
  blockRqComplete: 'C',
};

/** Every line of blkparse is its event: numbered from 1, timed from the first. */
function compareBlkparse(read: ReadTrace, events: readonly ScriptEvent[]): void {
  const values = new TraceValues(read.table);
  const lines = events.flatMap((event) => [...(ACTIONS[event.key] ?? '')].map((action) => ({ action, event })));
  expect(read.table.count).toBe(lines.length);
  for (const [row, { action, event }] of lines.entries()) {
    const { timeNs, pid, task, args } = event;
    const [disk = 0, sector, sectors, write] = args;
    const { event: hook, fields } = values.shape(row);
    const texts = Object.fromEntries(fields.map(({ name }, at) => [name, values.text(row, at)]));
    const { nr_sector, comm, error, ...rest } = texts;
    const at = read.table.timeNs[row]! + lines[0]!.event.timeNs;
    expect([
      hook,
      read.table.tasks[read.table.task[row]!]!.pid,
      Math.round(at),
      rest,
      nr_sector,
      comm ?? error,
    ]).toEqual([
      HOOKED[action],
      pid,
      Math.round(timeNs),
      { dev: deviceNumber(disk, ','), action, seq: String(row + 1), rwbs: write ? 'W' : 'R', sector: String(sector) },
      String(sectors),
      action === 'C' ? '0' : task.slice(0, 15),
    ]);
  }
}

interface Fact {
  readonly ph: string;
  readonly name: string;
  readonly ts: number;
  readonly dur?: number;
}

/** Chrome's JSON parses, and counts what the events count. */
function compareChrome(text: string, { events, run, untilNs }: Taken): void {
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly Fact[] };
  const facts = (ph: string, name: RegExp) => traceEvents.filter((fact) => fact.ph === ph && name.test(fact.name));
  const count = (key: TracepointKey) => events.filter((event) => event.key === key).length;
  expect(facts('M', /^thread_name$/)).toHaveLength(run.threads.length + run.disks);
  expect(facts('i', /^writepage/)).toHaveLength(count('writepage'));
  expect(facts('C', /^disk head/)).toHaveLength(count('blockRqIssue'));
  expect(facts('b', /sectors$/).length).toBe(facts('e', /sectors$/).length);
  expect(facts('b', /sectors$/)).toHaveLength(count('blockRqComplete'));
  // A stretch of no length is none.
  const long = new Set(['directReclaimBegin', 'memcgReclaimBegin']);
  expect(facts('X', /^(direct|memcg) reclaim$/).length).toBeLessThanOrEqual(
    events.filter(({ key }) => long.has(key)).length,
  );
  for (const { ts, dur } of facts('X', /./)) expect(dur! > 0 && ts + dur! <= untilNs / 1e3 + 0.01).toBe(true);
}

test.each(SCENARIOS.map((scene) => [scene.id, scene] as const))('%s: what is written is read back', (_id, scene) => {
  const taken = firstEvents(scene);
  expect(taken.events.length).toBeGreaterThan(300);
  const old = roundTrip('ftrace', taken);
  compare(old, taken.events.filter(isIn2636), false);
  const modern = roundTrip('ftrace-6.1', taken);
  compare(modern, taken.events, true);
  compareTables(old, modern, taken.events);
  if (taken.events.some(({ key }) => key === 'blockRqIssue'))
    compareBlkparse(roundTrip('blkparse', taken), taken.events);
  compareChrome(textOf('chrome', taken), taken);
});
