import { expect, test } from 'vitest';
import { describeError } from '../abi/errors.ts';
import type { Scenario } from '../abi/scenario.ts';
import { type ReadTrace, TraceValues } from '../abi/trace-table.ts';
import { deviceNumber, type TracepointKey } from '../abi/tracepoints.ts';
import { MS, S } from '../abi/units.ts';
import { readAsScript, type ScriptEvent, scriptSummary } from '../abi/vmscan-script.ts';
import { scriptText } from '../abi/vmscan-script-text.ts';
import { eventsOf, exportRunOf } from '../engine/drain.ts';
import { Engine } from '../engine/engine.ts';
import { SCENES } from '../scenarios/registry.ts';
import { scriptReports } from '../traced/script/report.ts';
import { recordingOf } from './input.ts';
import { compare, isIn32, isIn2636, roundTrip, type Taken, textOf } from './round-trip.test-double.ts';

/** So many of each scene hold every kind of event that the scene has, and are read in a moment. */
const EVENTS = 3000;
const LONGEST_S = 20;
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
const SCENARIOS: readonly Scenario[] = [
  ...SCENES,
  // A kernel that stalls in reclaim_throttle().
  { ...SCENES.find(({ id }) => id === 'memcg-busy')!, id: 'memcg-busy on 6.1', kernels: { A: 'v6.1', B: 'v6.1' } },
];

/** What the scripts make of the texts is what ours makes of the events; that of 6.12 passes over pages that reclaim writes. */
function compareTables(olds: readonly ReadTrace[], modern: ReadTrace, events: readonly ScriptEvent[]): void {
  // A text without a batch or a reclaim does not tell whose words it is in.
  const tells = events.some(({ key }) => /Isolate$|ReclaimBegin$/.test(key));
  if (tells) for (const old of olds) expect(scriptReports(old).script.text).toBe(scriptText(readAsScript(events)));
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
function compareBlkparse({ table }: ReadTrace, events: readonly ScriptEvent[]): void {
  const values = new TraceValues(table);
  const lines = events.flatMap((event) => [...(ACTIONS[event.key] ?? '')].map((action) => ({ action, event })));
  expect(table.count).toBe(lines.length);
  const startNs = lines[0]!.event.timeNs;
  for (const [row, { action, event }] of lines.entries()) {
    const { timeNs, pid, task, args } = event;
    const [disk = 0, sector, sectors, write] = args;
    const { event: hook, fields } = values.shape(row);
    const read = fields.map(({ name }, field) => `${name}=${values.text(row, field)}`).sort();
    const texts: Record<string, string> = {
      dev: deviceNumber(disk, ','),
      action,
      seq: String(row + 1),
      rwbs: write ? 'W' : 'R',
      sector: String(sector),
      nr_sector: String(sectors),
      ...(action === 'C' ? { error: '0' } : { comm: task.slice(0, 15) }),
    };
    const wanted = Object.entries(texts).map(([name, value]) => `${name}=${value}`);
    const front = `${hook} ${table.tasks[table.task[row]!]!.pid} ${Math.round(table.timeNs[row]! + startNs)}`;
    const wantedFront = `${HOOKED[action]} ${pid} ${Math.round(timeNs)}`;
    if (front !== wantedFront || read.join() !== wanted.sort().join())
      expect([front, ...read]).toEqual([wantedFront, ...wanted.sort()]);
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
  for (const { ts, dur } of facts('X', /./)) expect(dur! >= 0 && ts + dur! <= untilNs / 1e3 + 0.01).toBe(true);
}

test.each(SCENARIOS.map((scene) => [scene.id, scene] as const))('%s: what is written is read back', (_id, scene) => {
  const taken = firstEvents(scene);
  expect(taken.events.length).toBeGreaterThan(300);
  const old = roundTrip('ftrace', taken);
  compare(old, taken.events.filter(isIn2636), '2.6.36');
  const middle = roundTrip('ftrace-3.2', taken);
  compare(middle, taken.events.filter(isIn32), '3.2');
  const modern = roundTrip('ftrace-6.1', taken);
  compare(modern, taken.events, '6.1');
  compareTables([old, middle], modern, taken.events);
  if (taken.events.some(({ key }) => key === 'blockRqIssue'))
    compareBlkparse(roundTrip('blkparse', taken), taken.events);
  compareChrome(textOf('chrome', taken), taken);
});
