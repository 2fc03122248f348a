import { expect, test } from 'vitest';
import type { Lens } from '../../abi/frame.ts';
import { DARK } from '../shared/palette.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawLens, layLens, lensRows } from './draw.ts';
import { holders, lensText } from './text.ts';

const batch = (by: string, pages: number) => ({ by, letter: by.charAt(0), pages });
const lens = (pages: number, ...batches: Lens['batches'][number][]): Lens => ({
  cells: new Uint8Array(pages).fill(1),
  batches,
});

test('as many rows as make the cells largest', () => {
  expect(lensRows({ width: 1536, height: 26 })).toBe(2);
  expect(lensRows({ width: 396, height: 26 })).toBe(4);
  expect(lensRows({ width: 366, height: 92 })).toBe(8);
});

test('each batch has columns of its own, oldest last', () => {
  expect(layLens(lens(256, batch('W2', 17), batch('kswapd', 32)), 4)).toEqual([
    { fromCell: 0, cells: 207, firstColumn: 0, columns: 52, letter: undefined },
    { fromCell: 207, cells: 17, firstColumn: 52, columns: 5, letter: 'W' },
    { fromCell: 224, cells: 32, firstColumn: 57, columns: 8, letter: 'k' },
  ]);
});

test('a bracket around each batch and no more', () => {
  const { ctx, calls } = recordingContext();
  drawLens(ctx, { width: 400, height: 26 }, lens(256, batch('W2', 32), batch('kswapd', 32)), DARK);
  expect(calls.filter((call) => call.name === 'strokeRect')).toHaveLength(2);
  expect(calls.filter((call) => call.name === 'fillRect')).toHaveLength(256);
});

test('who holds what, in words', () => {
  expect(holders(lens(256))).toBe('');
  expect(holders(lens(256, batch('kswapd', 27)))).toBe('kswapd holds 27');
  expect(holders(lens(256, batch('kswapd', 32), batch('W2', 32)))).toBe('kswapd and W2 hold 32 each');
  expect(holders(lens(256, batch('kswapd', 32), batch('W2', 17)))).toBe('kswapd 32, W2 17');
  expect(lensText(lens(3, batch('kswapd', 2)))).toBe(
    'Of the last 3 pages of the inactive file list 3 are clean, 0 dirty, 0 being written; kswapd holds 2.',
  );
});
