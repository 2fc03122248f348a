import { expect, test } from 'vitest';
import { type Figure, measure, median, passes, type Sizes } from './bench-goals.ts';
import { keysOf, Peer, playOut, touchesOf, touchMachine } from './bench-sides.ts';
import { hitTrace, zipfTrace } from './bench-trace.ts';

const TINY: Sizes = {
  rounds: 1,
  touches: 4000,
  filePages: 4096,
  hitPages: 1000,
  hitTouches: 5000,
  sceneS: 0.2,
  checkpointMib: 8,
  growth: [4096],
};

test('every figure of the benchmark is measured on a tiny trace, and what gates says so', () => {
  const figures = [...measure(TINY)];
  for (const { goal, ours } of figures) expect([goal, Number.isFinite(ours) && ours > 0]).toEqual([goal, true]);
  const gates = figures.filter(({ floor, ceiling }) => floor !== undefined || ceiling !== undefined);
  expect(gates.map(({ unit, floor, ceiling }) => [unit, floor ?? ceiling])).toEqual([
    ['M touches/s', 0.7],
    ['M touches/s', 4],
    ['bytes per page frame', 48],
    ['virtual s per CPU s', 30],
  ]);
  expect(gates[2]!.ours).toBeLessThanOrEqual(48);
});

test('a figure passes at its floor or ceiling, and the ratio is what counts where there is a peer', () => {
  const figure: Figure = { goal: '', unit: '', ours: 48 };
  expect(passes(figure)).toBe(true);
  expect([passes({ ...figure, ceiling: 48 }), passes({ ...figure, ceiling: 47 })]).toEqual([true, false]);
  expect([passes({ ...figure, ratio: 0.7, floor: 0.7 }), passes({ ...figure, ratio: 0.69, floor: 0.7 })]).toEqual([
    true,
    false,
  ]);
  expect(median([3, 1, 2])).toBe(2);
});

test('both sides play the same trace: the machine touches every row, the peer misses each page once where all fit', () => {
  const trace = zipfTrace(4096, 10_000, 3);
  const engine = touchMachine(trace, 4096, 8);
  playOut(engine);
  expect(touchesOf(engine)).toBe(10_000);
  const keys = keysOf(hitTrace(500, 1500, 3));
  expect(new Set(keys.subarray(0, 500)).size).toBe(500);
  expect(new Peer(500).play(keys)).toBe(1500);
});
