import { expect, test } from 'vitest';
import { SAMPLED } from '../abi/counters.ts';
import type { RequestColumns, SampleColumns } from '../abi/frame.ts';
import { METRICS } from '../abi/metrics.ts';
import { TRACED_PARTS } from '../abi/traced.ts';
import { RequestHistory } from '../store/request-history.ts';
import { SampleHistory } from '../store/sample-history.ts';
import { seriesOf } from './counters/series.ts';
import { readings } from './counters/text.ts';
import { drawDisk } from './disk/draw.ts';
import { ratesOf } from './disk/rates.ts';
import { diskText, splitText } from './disk/text.ts';
import { drawInodes } from './flusher/draw.ts';
import { rowsOf as inodeRowsOf } from './flusher/rows.ts';
import { flushersText } from './flusher/text.ts';
import { drawLens } from './lens/draw.ts';
import { lensText } from './lens/text.ts';
import { drawTrail } from './lens/trail.ts';
import { orderText } from './lru/text.ts';
import { memcgText } from './memcg/text.ts';
import { drawDirty, drawFree, drawPriority } from './memory/draw.ts';
import { memoryText } from './memory/text.ts';
import { longestStall, rowOf } from './numbers/text.ts';
import { drawQueues } from './queue/draw.ts';
import { queueText } from './queue/text.ts';
import { DOCK_VIEWS, LANE_VIEWS } from './registry.ts';
import { summaryRows } from './script/text.ts';
import { actorsOf, fullPagesOf, memoryOf, paintBand } from './scrubber/bands.ts';
import { barOf } from './scrubber/bars.ts';
import { glanceAt } from './scrubber/text.ts';
import { missingText } from './shared/absent-words.ts';
import { metricValue } from './shared/derived-metrics.ts';
import { lookOf } from './shared/look.ts';
import { recordingContext } from './shared/recording-context.ts';
import { resultsText } from './shared/results-text.ts';
import { columnOf } from './shared/sampled.ts';
import { INSTEAD } from './shared/simulated-words.ts';
import { cellWords, tablesText } from './shared/table.ts';
import { wordsOf } from './shared/thing-words.ts';
import { TRACED_FRAME as frame } from './shared/traced-frame.test-double.ts';
import { drawTasks } from './tasks/draw.ts';
import { tasksText } from './tasks/text.ts';

const NONE = Number.NaN;
const palette = lookOf('dark', 1440);
const SIZE = { width: 400, height: 120 };
/** Words that no number may become. A limit may be called "low", so the words are whole. */
const BAD = /\b(NaN|Infinity|undefined)\b/;

const REQUESTS: RequestColumns = {
  disk: Uint8Array.of(0, 0),
  startNs: Float64Array.of(1.0e9, 1.2e9),
  endNs: Float64Array.of(1.1e9, 1.3e9),
  sector: Float64Array.of(2048, 90_000),
  sectors: Int32Array.of(8, 256),
  write: Uint8Array.of(1, 0),
  by: new Uint8Array(2),
  seekNs: Float64Array.of(NONE, NONE),
  rotateNs: Float64Array.of(NONE, NONE),
  transferNs: Float64Array.of(NONE, NONE),
};
const requests = new RequestHistory();
requests.append(REQUESTS);

const ROWS = 40;
const none = () => new Float64Array(ROWS).fill(NONE);
const SAMPLES: SampleColumns = {
  timeNs: Float64Array.from({ length: ROWS }, (_, row) => (row + 1) * 50e6),
  freePages: none(),
  dirtyPages: none(),
  writebackPages: none(),
  threads: 2,
  ran: new Float32Array(2 * ROWS).fill(0.5),
  stalled: new Float32Array(2 * ROWS),
  acted: new Float32Array(4 * ROWS),
  oomKills: none(),
  overflows: none(),
  counters: new Float64Array(SAMPLED.length * ROWS).fill(NONE),
};
const samples = new SampleHistory();
samples.append(SAMPLES);
const WHOLE = { fromNs: 0, toNs: 2e9 };
const past = {
  checkpoints: 0,
  checkpointBytes: 0,
  budgetBytes: 1,
  spacingNs: 1,
  horizonNs: 0,
};
const twin = { atNs: frame.nowNs, A: frame, B: frame, stopped: {}, past: { A: past, B: past } };

const PICTURES: Readonly<Record<string, (ctx: CanvasRenderingContext2D) => void>> = {
  lens: (ctx) => drawLens(ctx, SIZE, frame.lens, palette),
  trail: (ctx) =>
    drawTrail(
      ctx,
      SIZE,
      {
        ...frame.lens,
        trail: [
          {
            by: 'kswapd0',
            letter: 'K',
            endNs: 1,
            takenPages: 32,
            freedPages: 20,
            dirtyPages: NONE,
            writebackPages: NONE,
          },
        ],
      },
      palette,
    ),
  free: (ctx) => drawFree(ctx, SIZE, frame.memory, palette),
  dirty: (ctx) => drawDirty(ctx, SIZE, { ...frame.memory, dirtyPages: 40, dirtyThreshPages: 100 }, palette),
  'dirty without a limit': (ctx) => drawDirty(ctx, SIZE, { ...frame.memory, dirtyPages: 40 }, palette),
  priority: (ctx) => drawPriority(ctx, SIZE, 10, palette),
  disk: (ctx) =>
    drawDisk(ctx, SIZE, {
      disks: [frame.disk],
      requests,
      pageBytes: 4096,
      atNs: frame.nowNs,
      windowNs: 2e9,
      palette,
      calm: false,
      seeks: 'any',
    }),
  queue: (ctx) => drawQueues(ctx, SIZE, frame, palette),
  flusher: (ctx) => drawInodes(ctx, SIZE, inodeRowsOf(frame.flushers ?? []), palette),
  tasks: (ctx) => drawTasks(ctx, SIZE, { tasks: frame.tasks, samples, atNs: 2e9, windowNs: 2e9, palette }),
  tape: (ctx) => {
    const fullPages = fullPagesOf(samples.peakPages, memoryOf(twin));
    const bands = { height: 70, bars: 100, range: WHOLE, fullPages, actors: actorsOf(true), palette };
    paintBand(ctx, 0, samples, [0, 100], bands);
  },
};

test.each(Object.entries(PICTURES))('%s: nothing unknown is drawn, as a number or in words', (_name, draw) => {
  const { ctx, calls } = recordingContext();
  draw(ctx);
  for (const { name, args } of calls)
    for (const arg of args)
      if (typeof arg === 'number') expect(arg, `${name}(${args.join()})`).not.toBeNaN();
      else expect(String(arg)).not.toMatch(BAD);
});

const TEXTS: Readonly<Record<string, () => string>> = {
  lru: () => orderText(frame),
  lens: () => lensText(frame),
  memory: () => memoryText(frame),
  memcg: () => memcgText(frame, ''),
  disk: () => `${diskText([frame.disk], ratesOf(requests, 2e9, 2e9), 2e9)} ${splitText(requests, 2e9, 2e9)}`,
  queue: () => queueText(frame),
  flusher: () => flushersText(frame.flushers ?? [], frame.nowNs),
  tasks: () => tasksText(frame.tasks, true),
  counters: () => readings({ samples: { A: samples, B: samples } } as never, 'nr_dirty', 1e9, true),
  glance: () => JSON.stringify(glanceAt(samples, 1e9, NONE)),
  script: () => JSON.stringify(summaryRows([], [{ label: 'x', value: NONE, unit: 'seconds', definition: '' }])),
  results: () => resultsText(twin, { A: 'trace.txt', B: 'trace.txt' }, 'any'),
  things: () =>
    [
      { kind: 'task', id: 1 } as const,
      { kind: 'memcg', name: frame.memcgs[0]!.name } as const,
      { kind: 'request', machine: 'A', disk: 0, sector: 2048, sectors: 8, startNs: 1e9 } as const,
      { kind: 'request', machine: 'A', disk: 0, sector: 500_000, sectors: 8, startNs: -1 } as const,
    ]
      .map((thing) => wordsOf(thing, 'A', twin, { A: requests, B: requests }))
      .join(' '),
};

test.each(Object.entries(TEXTS))('%s: no words of what is not known', (_name, text) => {
  expect(text()).not.toMatch(BAD);
});

test('a table of every view has dashes for what is not known', async () => {
  for (const { id, table } of LANE_VIEWS) {
    const tables = (await table?.())?.tables({ frame, requests, windowNs: 2e9 }) ?? [];
    expect(tablesText(tables), id).not.toMatch(BAD);
    const cells = tables.flatMap(({ rows }) => rows.flat().map(cellWords));
    expect(cells.join(' '), id).not.toMatch(BAD);
    for (const { head, caption } of tables) expect([caption, ...head].join(' '), id).not.toMatch(BAD);
  }
});

test('a definition of every number reads without what is not known', async () => {
  for (const { id, terms } of [...LANE_VIEWS, ...DOCK_VIEWS])
    for (const term of (await terms?.())?.TERMS ?? [])
      expect(term.of(frame).join(' '), `${id} ${term.name}`).not.toMatch(BAD);
});

test('every part is needed by a view or told by a page of its own, and its sentence stands in the view’s place', () => {
  const needed = new Set(LANE_VIEWS.flatMap(({ needs = [] }) => needs));
  expect(TRACED_PARTS.filter((part) => !needed.has(part))).toEqual(['biography']);
  for (const { id, needs = [] } of LANE_VIEWS.filter((view) => view.needs)) {
    expect(missingText(frame, needs), id).toMatch(/^Enable the events of /);
    expect(missingText({}, needs), id).toBe('');
  }
  expect(missingText({ traced: { name: '', absent: { memory: 'No.' } } }, ['memory', 'dirty'])).toBe('');
});

test('numbers that a trace lacks are dashes or have no row, and never a zero', () => {
  for (const { name } of METRICS) expect(metricValue(frame, name)).toBeNaN();
  expect(rowOf('x', 'X', '', 3, metricValue(frame, 'oom_kills'))).toMatchObject({ a: '3', b: '–', delta: '' });
  expect(longestStall((name) => metricValue(frame, name) || 0).name).toBe('direct_stall_s');
  expect(seriesOf(samples, columnOf('nr_dirty'), WHOLE, false, 50)).toEqual([]);
  expect(seriesOf(samples, columnOf('allocstall'), WHOLE, true, 50)).toEqual([]);
  expect(barOf(samples, 3, WHOLE, 40)).toMatchObject({ dirtyPages: 0, writebackPages: 0, stalled: false });
  expect(samples.peakPages).toBe(0);
});

test('whatever asks a simulation says why a trace has no answer', () => {
  const asking = DOCK_VIEWS.filter(({ simulated }) => simulated).map(({ id }) => id);
  expect(asking.sort()).toEqual(Object.keys(INSTEAD).sort());
});
