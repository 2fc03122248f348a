import { expect, test } from 'vitest';
import { CELL, type MachineFrame } from '../../abi/frame.ts';
import { cellsOf, startOf } from './draw.ts';
import { placeInRows, rowsOf } from './rows.ts';
import { emptyWords, lruText, orderText } from './text.ts';

const frame = {
  order: 'list',
  cells: Uint8Array.of(CELL.CLEAN, CELL.DIRTY, CELL.DIRTY | CELL.REFERENCED, CELL.WRITEBACK, CELL.CLEAN),
  listPages: [0, 0, 4, 1, 0],
} as unknown as MachineFrame;

const byFile = {
  order: 'file',
  cells: Uint8Array.of(0, CELL.DIRTY, CELL.DIRTY, CELL.CLEAN, CELL.DIRTY, 0, CELL.WRITEBACK),
  strips: [
    { kind: 'file', name: 'data-1', space: 1, pages: 5 },
    { kind: 'file', name: 'data-2', space: 2, pages: 2 },
  ],
} as unknown as MachineFrame;

test('each list is cut out of the cells in the order of the names', () => {
  expect([...cellsOf(frame, 'inactive_file')]).toEqual([1, 2, 6, 3]);
  expect([...cellsOf(frame, 'active_file')]).toEqual([1]);
  expect(startOf(frame, 'active_file')).toBe(4);
  expect(cellsOf(frame, 'unevictable')).toHaveLength(0);
});

test('a row per file; with too many files neighbours share one, and none is lost', () => {
  const strips = (files: number) =>
    Array.from({ length: files }, (_, at) => ({ kind: 'file' as const, name: `f${at}`, space: at, pages: 10 }));
  expect(rowsOf(strips(2), 100).map(({ label, top, height }) => [label, top, height])).toEqual([
    ['f0', 0, 48],
    ['f1', 52, 48],
  ]);
  const many = rowsOf(strips(40), 100);
  expect(many.length).toBeLessThanOrEqual(6);
  expect(many[0]!.label).toBe('f0 +7');
  expect(many.reduce((sum, { pages }) => sum + pages, 0)).toBe(400);
  expect(many.every(({ from }, at) => from === at * 80)).toBe(true);
  expect(many.at(-1)!.top + many.at(-1)!.height).toBeLessThanOrEqual(100);
});

test('a point in a row is a page of its file; its name and the gap between rows are none', () => {
  const size = { width: 200, height: 100 };
  expect(placeInRows(199, 60, size, byFile)).toBe(6);
  expect(placeInRows(80, 1, size, byFile)).toBe(0);
  expect(placeInRows(10, 10, size, byFile)).toBeUndefined();
  expect(placeInRows(150, 50, size, byFile)).toBeUndefined();
});

test('the same in words', () => {
  expect(lruText(frame)).toBe(
    'inactive anon empty; active anon empty; inactive file 4 pages: 1 clean, 2 dirty, 1 being written; active file 1 pages: 1 clean, 0 dirty, 0 being written; unevictable empty.',
  );
  expect(orderText(byFile)).toBe(
    'data-1: 4 pages in memory of 5, 3 dirty in 2 runs, 0 being written; data-2: 1 pages in memory of 2, 0 dirty, 1 being written.',
  );
  expect(emptyWords(['inactive_anon', 'active_anon', 'unevictable'])).toBe('anon, unevictable');
  expect(emptyWords(['active_anon'])).toBe('active anon');
});
