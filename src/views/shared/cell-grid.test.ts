import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CELL } from '../../abi/frame.ts';
import { HELD_CELL } from '../../abi/look.ts';
import { boxOf, drawGlyphs, gridFor, pageAt, paintTexels, placeOf } from './cell-grid.ts';
import { cellTexels } from './cell-painter.ts';
import { DARK, texel } from './palette.ts';
import { recordingContext } from './recording-context.ts';
import { paintShares } from './shares.ts';

const CELLS = Uint8Array.of(CELL.CLEAN, CELL.DIRTY, CELL.DIRTY | CELL.REFERENCED, CELL.WRITEBACK);

test('the next victim is at the lower right, whatever the length of the list', () => {
  const grid = { mode: 'texels', columns: 4, rows: 3, perColumn: 3, fromEnd: true } as const;
  expect(placeOf(9, { ...grid, pages: 10 })).toEqual({ column: 3, row: 2 });
  expect(placeOf(6, { ...grid, pages: 7 })).toEqual({ column: 3, row: 2 });
  expect(placeOf(0, { ...grid, pages: 10 })).toEqual({ column: 0, row: 2 });
});

test('the first page of a file is at the upper left', () => {
  const grid = { mode: 'texels', columns: 4, rows: 3, perColumn: 3, fromEnd: false, pages: 12 } as const;
  expect([placeOf(0, grid), placeOf(4, grid)]).toEqual([
    { column: 0, row: 0 },
    { column: 1, row: 1 },
  ]);
});

test('squares with glyphs, then texels, then shares: as many pages as there are', () => {
  const size = { width: 400, height: 100 };
  const modes = [400, 10_000, 100_000].map((pages) => gridFor(pages, pages, size, true).mode);
  expect(modes).toEqual(['glyphs', 'texels', 'shares']);
  // Finer pixels hold more.
  expect(gridFor(60_000, 60_000, size, true).mode).toBe('shares');
  expect(gridFor(60_000, 60_000, size, true, 2).mode).toBe('texels');
});

test('what is drawn at a page is found there again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200_000 }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      fc.boolean(),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (room, share, fromEnd, where) => {
        const size = { width: 390, height: 97 };
        const pages = Math.max(1, Math.floor(room * share));
        const grid = gridFor(pages, room, size, fromEnd);
        const index = Math.floor(where * pages);
        const { x, y, wide, tall } = boxOf(index, grid, size);
        const found = pageAt(grid, size, x + wide / 2, y + tall / 2)!;
        if (grid.mode === 'shares') expect(Math.abs(found - index)).toBeLessThanOrEqual(grid.perColumn + 1);
        else expect(found).toBe(index);
      },
    ),
  );
});

test('outside of the pages there is nothing', () => {
  const size = { width: 100, height: 20 };
  const grid = gridFor(10, 100, size, true);
  expect(pageAt(grid, size, 1, 1)).toBeUndefined();
  expect(pageAt(grid, size, 99, 19)).toBe(9);
  expect(pageAt(grid, size, 99, 25)).toBeUndefined();
});

test('one texel per page, the rest empty', () => {
  const pixels = new Uint32Array(6);
  const grid = { mode: 'texels', columns: 3, rows: 2, perColumn: 2, pages: 4 } as const;
  const [clean, dirty, writeback] = [texel(DARK.clean), texel(DARK.dirty), texel(DARK.writeback)];
  const texels = cellTexels(DARK, DARK.sunken, false);
  paintTexels(pixels, CELLS, { ...grid, fromEnd: true }, texels, 7);
  expect([...pixels]).toEqual([7, clean, dirty, 7, dirty, writeback]);
  paintTexels(pixels, CELLS, { ...grid, fromEnd: false }, texels, 7);
  expect([...pixels]).toEqual([clean, dirty, 7, dirty, writeback, 7]);
});

test('a column of shares stands on its dirty pages; what is there at all gets a pixel', () => {
  const texels = { writeback: 1, dirty: 2, clean: 3, held: 4, empty: 5 };
  const cells = new Uint8Array(200).fill(CELL.CLEAN, 0, 50).fill(CELL.DIRTY, 50, 100);
  cells[0] = CELL.WRITEBACK;
  cells[199] = HELD_CELL.KERNEL;
  const grid = { mode: 'shares', columns: 2, rows: 4, perColumn: 100, pages: 200 } as const;
  const pixels = new Uint32Array(8);
  paintShares(pixels, { ...grid, fromEnd: false }, cells, texels);
  const column = (at: number) => [6, 4, 2, 0].map((row) => pixels[row + at]);
  expect(column(0)).toEqual([1, 2, 2, 3]);
  expect(column(1)).toEqual([4, 5, 5, 5]);
  // A short list leaves room at the left.
  paintShares(pixels, { ...grid, pages: 100, fromEnd: true }, cells.subarray(0, 100), texels);
  expect([column(0), column(1)]).toEqual([
    [5, 5, 5, 5],
    [1, 2, 2, 3],
  ]);
});

test('unevictable pages have their own colour, whatever their state; so has what the kernel holds', () => {
  expect(cellTexels(DARK, DARK.free, true)[CELL.DIRTY]).toBe(texel(DARK.unevictable));
  expect(cellTexels(DARK, DARK.free, false)[HELD_CELL.HUGE]).toBe(texel(DARK.unevictable));
  expect(cellTexels(DARK, DARK.free, false)[CELL.FREE]).toBe(texel(DARK.free));
});

test('with room a referenced page carries a dot', () => {
  const { ctx, calls } = recordingContext();
  const size = { width: 40, height: 10 };
  drawGlyphs(ctx, size, CELLS, gridFor(4, 4, size, true), DARK);
  const fills = calls.filter((call) => call.name === 'fillRect').map((call) => call.fillStyle);
  expect(fills).toEqual([DARK.clean, DARK.dirty, DARK.dirty, DARK.ink, DARK.writeback]);
});
