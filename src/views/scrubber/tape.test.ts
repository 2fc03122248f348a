import { expect, test } from 'vitest';
import { SAMPLED } from '../../abi/counters.ts';
import { SAMPLE_NS } from '../../abi/frame.ts';
import { SampleHistory } from '../../store/sample-history.ts';
import { DARK } from '../shared/palette.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { actorsOf, type Bands, bandAt, fullPagesOf } from './bands.ts';
import { BAR_PX, barAt, barCount, barOf } from './bars.ts';
import { Tape } from './tape.ts';

type Row = { dirty?: number; writeback?: number; acted?: readonly number[]; stalled?: number };

function append(history: SampleHistory, rows: readonly Row[]): SampleHistory {
  const from = history.timeNs.length;
  const column = (value: (row: Row) => number) => Float64Array.from(rows, value);
  history.append({
    timeNs: Float64Array.from(rows, (_, i) => (from + i + 1) * SAMPLE_NS),
    freePages: column(() => 0),
    dirtyPages: column(({ dirty = 0 }) => dirty),
    writebackPages: column(({ writeback = 0 }) => writeback),
    oomKills: column(() => 0),
    overflows: column(() => 0),
    threads: 1,
    ran: new Float32Array(rows.length),
    stalled: Float32Array.from(rows, ({ stalled = 0 }) => stalled),
    acted: Float32Array.from(rows.flatMap(({ acted = [0, 0, 0, 0] }) => acted)),
    counters: new Float64Array(rows.length * SAMPLED.length),
  });
  return history;
}
const samples = (...rows: Row[]) => append(new SampleHistory(), rows);
const bands = (over: Partial<Bands> = {}): Bands => ({
  height: 70,
  bars: 10,
  range: { fromNs: 0, toNs: 10 * SAMPLE_NS },
  fullPages: 100,
  actors: actorsOf(true),
  palette: DARK,
  ...over,
});

test('a bar is the most of its samples; one narrower than a sample is the sample that covers it', () => {
  const both = samples({ dirty: 10 }, { dirty: 30, acted: [0.5, 0, 0, 0] }, { dirty: 20, stalled: 1 }, { dirty: 7 });
  const wide = { fromNs: 0, toNs: 8 * SAMPLE_NS };
  expect(barOf(both, 0, wide, 4)).toEqual({ dirtyPages: 30, writebackPages: 0, acted: [0.5, 0, 0, 0], stalled: false });
  expect(barOf(both, 1, wide, 4)).toMatchObject({ dirtyPages: 20, stalled: true });
  expect(barOf(both, 2, wide, 4)).toBeUndefined();
  const close = { fromNs: SAMPLE_NS, toNs: 2 * SAMPLE_NS };
  for (let bar = 0; bar < 5; bar++) expect(barOf(both, bar, close, 5)?.dirtyPages).toBe(30);
});

test('every sample has its bar', () => {
  const range = { fromNs: 3 * SAMPLE_NS, toNs: 103 * SAMPLE_NS };
  for (const bars of [7, 50, 100, 333]) {
    for (let row = 4; row <= 103; row++) {
      const bar = barAt(row * SAMPLE_NS, range, bars);
      const barNs = (range.toNs - range.fromNs) / bars;
      expect(row * SAMPLE_NS).toBeGreaterThan(range.fromNs + bar * barNs - 1);
      expect(row * SAMPLE_NS).toBeLessThanOrEqual(range.fromNs + (bar + 1) * barNs + 1);
    }
  }
  expect([barCount(302), barCount(0)]).toEqual([100, 1]);
});

test('the parts of a band lie one below the other; a band is full at the least share that holds the run', () => {
  for (const actors of [actorsOf(false), actorsOf(true)]) {
    for (const machine of [0, 1] as const) {
      const { top, floor, rowsTop, bottom } = bandAt(machine, { height: 70, actors });
      expect(top).toBeGreaterThanOrEqual(35 * machine);
      expect(floor - top).toBeGreaterThanOrEqual(14);
      expect(rowsTop).toBeGreaterThan(floor);
      expect(bottom - rowsTop).toBe(3 * actors.length);
      expect(bottom).toBeLessThanOrEqual(35 * (machine + 1));
    }
  }
  expect(actorsOf(false)).not.toContain('memcg');
  expect([0, 250, 251, 600].map((peak) => fullPagesOf(peak, 1000))).toEqual([250, 250, 500, 1000]);
});

/** A tape whose sheets write down what is painted on them. */
function table() {
  const sheets: ReturnType<typeof recordingContext>[] = [];
  const tape = new Tape(() => {
    const sheet = recordingContext();
    sheets.push(sheet);
    return { ctx: sheet.ctx, image: sheet as unknown as CanvasImageSource };
  });
  /** Left edges of what was painted in a colour since the last look. */
  const painted = (colour: string) => {
    const calls = sheets.at(-1)!.calls.splice(0);
    return calls.filter((call) => call.name === 'fillRect' && call.fillStyle === colour).map(({ args }) => args);
  };
  return { tape, sheets, painted };
}

test('dirty pages stand as bars, actors as rows, a stall as a tick on the rows', () => {
  const { tape, painted } = table();
  const A = samples({ dirty: 50, writeback: 25, acted: [1, 0, 0, 1], stalled: 1 });
  tape.upToDate({ A, B: samples() }, bands(), 1);
  const { top, floor, rowsTop, bottom } = bandAt(0, bands());
  const room = floor - top;
  const all = painted(DARK.dirty);
  expect(all).toEqual([[0, floor - room / 2, BAR_PX - 1, room / 2]]);
  tape.upToDate({ A: samples({ acted: [1, 0.2, 0, 0.5], stalled: 1 }), B: samples() }, bands({ fullPages: 99 }), 1);
  const rows = painted(DARK.kswapd);
  expect(rows).toEqual([[0, rowsTop + 1, BAR_PX, 2]]);
  expect(bottom).toBe(rowsTop + 12);
});

test('new samples add their bars, the rest of the picture is kept', () => {
  const { tape, sheets, painted } = table();
  const A = samples({ dirty: 1 }, { dirty: 2 }, { dirty: 3 });
  const both = { A, B: samples() };
  tape.upToDate(both, bands(), 1);
  expect(painted(DARK.dirty).map(([x]) => x)).toEqual([0, 3, 6]);
  tape.upToDate(both, bands(), 1);
  expect(painted(DARK.dirty)).toEqual([]);
  append(A, [{ dirty: 4 }, { dirty: 5 }]);
  tape.upToDate(both, bands(), 1);
  // The last known bar again, for it might have had more in it.
  expect(painted(DARK.dirty).map(([x]) => x)).toEqual([6, 9, 12]);
  expect(sheets).toHaveLength(1);
});

test('piece by piece or at once, the same bars are on the tape', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ dirty: (i * 37) % 91, acted: [(i % 3) / 2, 0, 0, 0] }));
  const last = (calls: readonly (readonly unknown[])[]) => new Map(calls.map((args) => [args[0], args]));
  const range = { fromNs: 2 * SAMPLE_NS, toNs: 37 * SAMPLE_NS };
  const whole = table();
  whole.tape.upToDate({ A: samples(...rows), B: samples() }, bands({ range }), 1);
  const pieces = table();
  const A = samples();
  let painted: (readonly unknown[])[] = [];
  for (let at = 0; at < rows.length; at += 3) {
    append(A, rows.slice(at, at + 3));
    pieces.tape.upToDate({ A, B: samples() }, bands({ range }), 1);
    painted = [...painted, ...pieces.painted(DARK.dirty)];
  }
  expect(last(painted)).toEqual(last(whole.painted(DARK.dirty)));
});

test('a fork, another zoom, size or theme is a new picture', () => {
  const { tape, sheets } = table();
  const A = samples({ dirty: 1 }, { dirty: 2 });
  const both = { A, B: samples() };
  tape.upToDate(both, bands(), 1);
  A.cut(SAMPLE_NS);
  tape.upToDate(both, bands(), 1);
  tape.upToDate(both, bands({ range: { fromNs: 0, toNs: SAMPLE_NS } }), 1);
  tape.upToDate(both, bands({ range: { fromNs: 0, toNs: SAMPLE_NS } }), 2);
  expect(sheets).toHaveLength(4);
});
