import { expect, test } from 'vitest';
import type { TraceWriter } from '../abi/trace-export.ts';
import { MS, S } from '../abi/units.ts';
import { createTraceWriter } from '../formats/export/registry.ts';
import { ddStream } from '../scenarios/dd-stream.ts';
import { eventsOf, exportRunOf, SAMPLE_EVERY_NS, writeRun } from './drain.ts';
import { Engine } from './engine.ts';
import { exportRun } from './lab/export.ts';
import { BENCH, SMALL, varied } from './scene-rig.ts';

const scenario = varied(ddStream, { knobs: { 'machine.memory_mib': SMALL.knobs['machine.memory_mib'] } });

function boot(): Engine {
  const booted = Engine.boot(scenario, 'A', undefined, false);
  if (!booted.ok) throw new Error('refused');
  return booted.value;
}

test('more events than the recorder holds: all are read, in their order, and the run is the same', () => {
  const engine = boot();
  const { trace } = engine.kernel;
  const untilNs = 45 * S;
  let read = 0;
  let lastNs = 0;
  let mostUnread = 0;
  for (const { timeNs } of eventsOf(engine, untilNs)) {
    if (timeNs < lastNs) expect(timeNs).toBeGreaterThanOrEqual(lastNs);
    lastNs = timeNs;
    mostUnread = Math.max(mostUnread, trace.emitted - read++);
  }
  expect(read).toBe(trace.emitted);
  expect(trace.lost).toBeGreaterThan(0);
  expect(mostUnread).toBeLessThan(trace.capacity);
  const straight = boot();
  straight.advance(untilNs);
  expect(engine.hash()).toBe(straight.hash());
});

test('a run is written in chunks while it runs; samples come at their times, the end once', () => {
  const engine = boot();
  const run = exportRunOf(engine, scenario, 'A');
  const ends: number[] = [];
  const samples: number[] = [];
  let events = 0;
  const writer: TraceWriter = {
    begin: ({ kernel }) => `${kernel}\n`,
    event: ({ pid }) => `${++events} ${pid} ${'.'.repeat(100)}\n`,
    sample: ({ atNs }) => (samples.push(atNs), ''),
    end: ({ atNs }) => (ends.push(atNs), 'end\n'),
  };
  const chunks: string[] = [];
  const done: number[] = [];
  const onChunk = (text: string) => void chunks.push(text);
  const count = writeRun(engine, run, 2 * S, writer, onChunk, (share) => void done.push(share));
  expect(count).toEqual({ events, untilNs: 2 * S });
  expect(ends).toEqual([2 * S]);
  expect(samples).toEqual(Array.from({ length: (2 * S) / SAMPLE_EVERY_NS }, (_, at) => (at + 1) * SAMPLE_EVERY_NS));
  expect(done.at(-1)).toBe(1);
  const lines = chunks.join('').trimEnd().split('\n');
  expect([lines[0], lines.at(-1), lines.length]).toEqual([run.kernel, 'end', events + 2]);
  expect(chunks.length).toBeGreaterThan(5);
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(80_000);
});

test('the lab writes what the command line writes; one that stops by itself says so', () => {
  const texts: string[] = [];
  const bench = { ...BENCH, createWriter: createTraceWriter, onChunk: (text: string) => void texts.push(text) };
  const ask = { scenario, machine: 'A', untilNs: 300 * MS, format: 'ftrace' } as const;
  const answer = exportRun(ask, bench);
  if (!answer.ok) throw new Error('refused');
  const lines = texts.join('').trimEnd().split('\n');
  expect(lines[0]).toBe('# tracer: nop');
  expect(lines.length - 4).toBeLessThanOrEqual(answer.value.events);
  expect(answer.value.untilNs).toBe(300 * MS);
});
