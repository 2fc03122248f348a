import { expect, test } from 'vitest';
import { HEAT_RAMP } from '../shared/heat-ramp.ts';
import { DARK } from '../shared/palette.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { EDGES_NS, HEAT_ROWS, type Heat } from '../shared/stall-heat.ts';
import { drawHeat } from './draw.ts';
import { type Cell, cellAt, cellByKey, plotsOf, timesOf } from './pick.ts';
import { cellText, digitGrid, heatText } from './text.ts';

const LOOK = { ...DARK, font: 'f', boldFont: 'b', monoFont: 'm' };
const SIZE = { width: 664, height: 268 };
const COLUMNS = 60;

function heatWith(cells: readonly (readonly [row: number, column: number, count: number])[]): Heat {
  const counts = new Uint32Array(HEAT_ROWS * COLUMNS);
  for (const [row, column, count] of cells) counts[row * COLUMNS + column] = count;
  return { range: { fromNs: 0, toNs: 60e9 }, columns: COLUMNS, counts };
}
const A = heatWith([
  [0, 0, 1],
  [7, 30, 40],
]);
const B = heatWith([[3, 59, 1]]);

test('one rectangle per cell that is not empty, on two black grounds, in the colours of one scale', () => {
  const { ctx, calls } = recordingContext();
  drawHeat(ctx, SIZE, { A, B, atNs: 30e9, cell: undefined, palette: LOOK });
  const { left, wide, high, tops } = plotsOf(SIZE);
  const rects = calls.filter(({ name }) => name === 'fillRect');
  expect(rects.filter(({ fillStyle }) => fillStyle === '#000000').map(({ args }) => args)).toEqual([
    [left, tops.A, wide, high],
    [left, tops.B, wide, high],
  ]);
  const cells = rects.filter(({ fillStyle }) => HEAT_RAMP.includes(String(fillStyle)));
  expect(cells.map(({ fillStyle }) => HEAT_RAMP.indexOf(String(fillStyle)) + 1)).toEqual([1, 9, 1]);
  const [x, y] = cells[1]!.args as number[];
  expect(x).toBeCloseTo(left + (30 / COLUMNS) * wide);
  expect(y).toBeCloseTo(tops.A + high - (8 / HEAT_ROWS) * high);
  // The time of the page stands in the middle of a run of 60 s.
  expect(rects.at(-1)!.args[0]).toBeCloseTo(left + wide / 2 - 0.5);
});

test('A is framed solid, B dashed', () => {
  const { ctx, calls } = recordingContext();
  drawHeat(ctx, SIZE, { A, B, atNs: 0, cell: { machine: 'B', row: 3, column: 59 }, palette: LOOK });
  const dashes = calls.filter(({ name }) => name === 'setLineDash').map(({ args }) => args[0]);
  expect(dashes).toEqual([[], [], [4, 3], []]);
  expect(calls.filter(({ name }) => name === 'strokeRect')).toHaveLength(3);
});

test('the pointer finds the cell that is drawn there, and nothing beside the plots', () => {
  const plots = plotsOf(SIZE);
  for (const cell of [
    { machine: 'A', row: 0, column: 0 },
    { machine: 'A', row: HEAT_ROWS - 1, column: 59 },
    { machine: 'B', row: 5, column: 17 },
  ] as const) {
    const x = plots.left + ((cell.column + 0.5) / COLUMNS) * plots.wide;
    const y = plots.tops[cell.machine] + plots.high - ((cell.row + 0.5) / HEAT_ROWS) * plots.high;
    expect(cellAt(x, y, plots, COLUMNS)).toEqual(cell);
  }
  expect(cellAt(plots.left - 3, 20, plots, COLUMNS)).toBeUndefined();
  expect(cellAt(100, SIZE.height - 3, plots, COLUMNS)).toBeUndefined();
});

test('arrows reach every cell: above the top of B lies the bottom of A', () => {
  const top: Cell = { machine: 'B', row: HEAT_ROWS - 1, column: 3 };
  expect(cellByKey('ArrowUp', top, COLUMNS)).toEqual({ machine: 'A', row: 0, column: 3 });
  expect(cellByKey('ArrowDown', { machine: 'A', row: 0, column: 3 }, COLUMNS)).toEqual(top);
  expect(cellByKey('ArrowLeft', { ...top, column: 0 }, COLUMNS)).toEqual({ ...top, column: 0 });
  expect(cellByKey('End', top, COLUMNS)).toEqual({ ...top, column: 59 });
  expect(cellByKey('x', top, COLUMNS)).toBeUndefined();
});

test('a cell in words, and the time it leads to', () => {
  expect(cellText({ machine: 'A', row: 7, column: 30 }, A)).toBe('A, 30.00 to 31.00 s, 100 ms to 320 ms: 40 stalls');
  expect(cellText({ machine: 'B', row: 0, column: 0 }, B)).toBe('B, 0.00 to 1.00 s, under 0.1 ms: none');
  expect(timesOf(A, 30)).toEqual({ fromNs: 30e9, toNs: 31e9 });
});

test('the picture in digits fits a mail, and in words it names the longest', () => {
  const grid = digitGrid(A, B).split('\n');
  expect(Math.max(...grid.map((line) => line.length))).toBeLessThanOrEqual(72);
  expect(grid).toHaveLength(2 * HEAT_ROWS + 4);
  expect(grid[12]).toBe(`      0 |1${'0'.repeat(59)}`);
  expect(grid[5]).toBe(` 100 ms |${'0'.repeat(30)}9${'0'.repeat(29)}`);
  expect(heatText(A, B, ['direct'])).toBe(
    'Stalls of direct reclaim. A has 41 stalls, the longest 100 ms to 320 ms. B has 1 stall, the longest 1 ms to 3.2 ms.',
  );
  expect(EDGES_NS).toHaveLength(HEAT_ROWS - 1);
});
