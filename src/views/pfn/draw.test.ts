import { expect, test } from 'vitest';
import { CELL, type MachineFrame } from '../../abi/frame.ts';
import { HELD_CELL, type MapFrame } from '../../abi/look.ts';
import { boxOf } from '../shared/cell-grid.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { blockState, candidatesOf, freePages, heldPages } from './blocks.ts';
import { drawBlocks, drawBuddy, markBand } from './draw.ts';
import { bandsOf } from './layout.ts';
import { frameAt } from './pick.ts';
import { TERMS } from './terms.ts';
import { mapText } from './text.ts';

const palette = lookOf('dark', 1440);
const size = { width: 400, height: 212 };

/** Eight pageblocks of 512 pages: the kernel's, one of the reserve, a huge page, one with 128 free pages; the rest is clean. */
function memory(): MapFrame {
  const cells = new Uint8Array(8 * 512).fill(CELL.CLEAN);
  cells.fill(HELD_CELL.KERNEL, 0, 500);
  cells.fill(HELD_CELL.HUGE, 1024, 1536);
  cells.fill(CELL.FREE, 1536, 1664);
  cells.fill(CELL.FREE, 2049, 2050);
  cells[3000] = CELL.DIRTY;
  return {
    cells,
    freeAt: Int32Array.of(1536, 2049),
    freeOrder: Uint8Array.of(7, 0),
    freeBlocks: [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
    pageblockOrder: 9,
    types: Uint8Array.of(0, 3, 2, 2, 2, 2, 2, 2),
    free: Uint16Array.of(0, 0, 0, 128, 1, 0, 0, 0),
    held: Uint16Array.of(500, 0, 512, 0, 0, 0, 0, 0),
    hugePages: 1,
  };
}
const map = memory();
const bands = bandsOf(map, size);

const drawn = () => {
  const { ctx, calls } = recordingContext();
  for (const band of bands) drawBlocks(ctx, map, band, palette);
  return calls;
};

test('from a thousand pages to a million, every page is in one band and every pageblock has whole columns', () => {
  for (const [pages, pageblockOrder] of [
    [1024, 9],
    [4096, 10],
    [16_384, 10],
    [16_384, 9],
    [100_000, 9],
    [262_144, 9],
    [1_048_576, 9],
  ] as const) {
    const cells = new Uint8Array(pages);
    const all = bandsOf({ cells, pageblockOrder }, size);
    expect(all.reduce((sum, band) => sum + band.pages, 0)).toBe(pages);
    let from = 0;
    for (const band of all) {
      expect(band.from).toBe(from);
      expect(band.top + band.size.height).toBeLessThanOrEqual(size.height);
      if (band.grid.mode !== 'shares') expect((1 << pageblockOrder) % band.grid.rows).toBe(0);
      expect(band.size.width).toBeLessThanOrEqual(size.width);
      from += band.pages;
    }
  }
  expect(bandsOf({ cells: new Uint8Array(1024), pageblockOrder: 9 }, size)[0]!.grid.mode).toBe('glyphs');
  expect(bands[0]!.grid.mode).toBe('texels');
  expect(bandsOf({ cells: new Uint8Array(1_048_576), pageblockOrder: 9 }, size)[0]!.grid.mode).toBe('shares');
});

test('a point is the frame that is drawn there, and a frame is where it is drawn', () => {
  for (const band of bands)
    for (const at of [0, 1, 511, band.pages - 1]) {
      const { x, y, wide, tall } = boxOf(at, band.grid, band.size);
      expect(frameAt(x + wide / 2, y + tall / 2 + band.top, bands)).toBe(band.from + at);
    }
  expect(frameAt(10, 2, bands)).toBeUndefined();
  expect(frameAt(10, size.height - 3, bands)).toBeUndefined();
});

test('a free block is one framed rectangle of its size, with its order; too small a one is left to its colour', () => {
  const frames = drawn().filter(({ name }) => name === 'strokeRect');
  expect(frames).toHaveLength(2);
  const [, , wide, tall] = frames[0]!.args.map(Number);
  const page = boxOf(0, bands[0]!.grid, bands[0]!.size);
  const area = (wide! + 1) * (tall! + 1);
  expect(area / (page.wide * page.tall)).toBeCloseTo(128, 5);
  expect(drawn().filter(({ name, args }) => name === 'fillText' && (args[0] === '7' || args[0] === '0'))).toHaveLength(
    1,
  );
  // Half as wide, one page is two pixels: only the large one is framed.
  const { ctx, calls } = recordingContext();
  for (const band of bandsOf(map, { width: 150, height: 130 })) drawBlocks(ctx, map, band, palette);
  expect(calls.filter(({ name }) => name === 'strokeRect')).toHaveLength(1);
});

test('pageblocks of one type share a line and a name; candidates say what they lack, a huge page that it is one', () => {
  const texts = drawn()
    .filter(({ name }) => name === 'fillText')
    .map(({ args }) => String(args[0]));
  for (const word of ['Movable', 'got', '384', '511']) expect(texts).toContain(word);
  // Nothing is free in it: its bar is empty, and no number stands there.
  expect(texts).not.toContain('512');
});

test('no word lies on another or beyond the edge', () => {
  let top = 0;
  const words = drawn().flatMap(({ name, args }) => {
    if (name === 'translate') top = Number(args[1]);
    if (name !== 'fillText' || args[0] === '7') return [];
    const from = Number(args[1]);
    return [{ row: top + Number(args[2]), from, to: from + 7 * String(args[0]).length }];
  });
  for (const one of words) {
    expect(one.from >= 0 && one.to <= size.width).toBe(true);
    for (const other of words)
      if (one !== other && one.row === other.row) expect(one.to <= other.from || other.to <= one.from).toBe(true);
  }
});

test('a pageblock with a page of the kernel becomes no huge page, nor does one that memory ends in', () => {
  expect(Array.from(map.types, (_, block) => blockState(map, block).kind)).toEqual([
    'held',
    'candidate',
    'huge',
    'candidate',
    'candidate',
    'candidate',
    'candidate',
    'candidate',
  ]);
  expect(candidatesOf(map)).toEqual({ blocks: 8, candidates: 6, least: 384 });
  expect(blockState({ ...map, cells: map.cells.subarray(0, 8 * 512 - 1) }, 7).kind).toBe('held');
  expect(candidatesOf({ ...map, held: map.held.map(() => 1) }).least).toBeUndefined();
  expect([freePages(map.freeBlocks), heldPages(map)]).toEqual([129, { kernel: 500, huge: 512 }]);
});

test('nr_free per order; bars are the share of the free pages in blocks of that order', () => {
  const { ctx, calls } = recordingContext();
  drawBuddy(ctx, { width: 380 }, map.freeBlocks, palette);
  const texts = calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0]);
  expect(texts.slice(0, 4)).toEqual(['nr_free', 'order', '1', '0']);
  expect(texts).toHaveLength(2 + 2 * 11);
  const bars = calls.filter(({ name, fillStyle }) => name === 'fillRect' && fillStyle === palette.text);
  expect(bars.map(({ args }) => Number(args[3]))).toEqual([1, expect.closeTo((22 * 128) / 129)]);
});

test('a lit page is framed in its band alone', () => {
  const found = { thing: { kind: 'page', space: 1, index: 7 }, page: { pfn: 3000 } } as const;
  const frames = bands.map((band) => {
    const { ctx, calls } = recordingContext();
    const lit = { thing: found.thing, isPinned: false, found: found as never };
    markBand(ctx, band, [lit], palette);
    return calls.filter(({ name }) => name === 'strokeRect').length;
  });
  expect(frames.reduce((sum, one) => sum + one, 0)).toBe(2);
});

test('the same in words; every number has its definition with what it reads now', () => {
  expect(mapText(map)).toBe(
    '4\u2009096 pages by frame number: 129 free, 2\u2009954 clean, 1 dirty, 0 being written, 500 held by the kernel, 512 in huge pages. Pageblocks: 6 Movable, 1 Unmovable, 1 Reserve. Free blocks: order 0: 1, order 7: 1. 6 of 8 pageblocks hold nothing of the kernel and could become huge pages. The nearest lacks 384 of 512 pages. 1 huge page got.',
  );
  const frame = { map } as unknown as MachineFrame;
  expect(Object.fromEntries(TERMS.map(({ name, of }) => [name, of(frame)]))).toEqual({
    'pfn:nr_free': ['order 0: 1, order 7: 1; 129 pages'],
    'pfn:types': ['6 Movable, 1 Unmovable, 1 Reserve'],
    'pfn:candidates': ['6 of 8 pageblocks'],
    'pfn:lacks': ['384 of 512'],
    'pfn:held': ['500 of the kernel, 512 in huge pages'],
  });
  expect(TERMS[0]!.of({} as MachineFrame)).toEqual([]);
});
