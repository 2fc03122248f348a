import { expect, test } from 'vitest';
import { CELL, type MachineFrame } from '../../abi/frame.ts';
import { DARK, texel } from '../shared/palette.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { cellsOf, cellTexels, drawGlyphs, gridFor, paintTexels, placeOf } from './draw.ts';
import { emptyWords, lruText } from './text.ts';

const frame = {
  cells: Uint8Array.of(CELL.CLEAN, CELL.DIRTY, CELL.DIRTY | CELL.REFERENCED, CELL.WRITEBACK, CELL.CLEAN),
  listPages: [0, 0, 4, 1, 0],
} as unknown as MachineFrame;

test('each list is cut out of the cells in the order of the names', () => {
  expect([...cellsOf(frame, 'inactive_file')]).toEqual([1, 2, 6, 3]);
  expect([...cellsOf(frame, 'active_file')]).toEqual([1]);
  expect(cellsOf(frame, 'unevictable')).toHaveLength(0);
});

test('the next victim is at the lower right, whatever the length of the list', () => {
  const grid = { columns: 4, rows: 3 };
  expect(placeOf(9, 10, grid)).toEqual({ column: 3, row: 2 });
  expect(placeOf(6, 7, grid)).toEqual({ column: 3, row: 2 });
  expect(placeOf(0, 10, grid)).toEqual({ column: 0, row: 2 });
});

test('a list longer than the room gets narrower cells, not more rows', () => {
  expect(gridFor(10, 100, 20, 2)).toEqual({ rows: 10, columns: 10 });
  expect(gridFor(250, 100, 20, 2)).toEqual({ rows: 10, columns: 25 });
});

test('one texel per page, the rest empty', () => {
  const pixels = new Uint32Array(6);
  paintTexels(pixels, cellsOf(frame, 'inactive_file'), { columns: 3, rows: 2 }, cellTexels(DARK, 'inactive_file'), 7);
  const [clean, dirty, writeback] = [texel(DARK.clean), texel(DARK.dirty), texel(DARK.writeback)];
  expect([...pixels]).toEqual([7, clean, dirty, 7, dirty, writeback]);
});

test('unevictable pages have their own colour, whatever their state', () => {
  expect(cellTexels(DARK, 'unevictable')[CELL.DIRTY]).toBe(texel(DARK.unevictable));
});

test('with room a referenced page carries a dot', () => {
  const { ctx, calls } = recordingContext();
  drawGlyphs(ctx, 40, cellsOf(frame, 'inactive_file'), { columns: 4, rows: 1 }, 10, DARK);
  const fills = calls.filter((call) => call.name === 'fillRect').map((call) => call.fillStyle);
  expect(fills).toEqual([DARK.clean, DARK.dirty, DARK.dirty, DARK.ink, DARK.writeback]);
});

test('the same in words', () => {
  expect(lruText(frame)).toBe(
    'inactive anon empty; active anon empty; inactive file 4 pages: 1 clean, 2 dirty, 1 being written; active file 1 pages: 1 clean, 0 dirty, 0 being written; unevictable empty.',
  );
  expect(emptyWords(['inactive_anon', 'active_anon', 'unevictable'])).toBe('anon, unevictable');
  expect(emptyWords(['active_anon'])).toBe('active anon');
});
