import { expect, test } from 'vitest';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { batchWords, trailWords } from './text.ts';
import { cleanKept, drawTrail } from './trail.ts';

const palette = lookOf('dark', 1440);
const batch = {
  by: 'kswapd0',
  letter: 'K',
  endNs: 1e9,
  takenPages: 32,
  freedPages: 24,
  dirtyPages: 5,
  writebackPages: 1,
};
const lens = (count: number) => ({
  cells: new Uint8Array(0),
  batches: [],
  trail: Array.from({ length: count }, () => batch),
});

test('a bar for each batch, the newest at the right edge: freed is a frame, the rest by its state', () => {
  const { ctx, calls } = recordingContext();
  // 58 px a batch: 20 for the letter, 32 for its 32 pages, 6 to the next one.
  drawTrail(ctx, { width: 8 * 58 - 6, height: 16 }, lens(2), palette);
  const frames = calls.filter(({ name }) => name === 'strokeRect').map(({ args }) => args.slice(0, 3));
  expect(frames).toEqual([
    [368.5, 4.5, 23],
    [426.5, 4.5, 23],
  ]);
  const wide = (colour: string) =>
    calls.filter(({ name, fillStyle }) => name === 'fillRect' && fillStyle === colour).map(({ args }) => args[2]);
  expect([wide(palette.clean), wide(palette.dirty), wide(palette.writeback)]).toEqual([
    [2, 2],
    [5, 5],
    [1, 1],
  ]);
  expect(calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0])).toEqual(['K', 'K']);
});

test('in a narrow lane letters stand below, and bars have the whole width', () => {
  const { ctx, calls } = recordingContext();
  drawTrail(ctx, { width: 8 * 38 - 6, height: 26 }, lens(1), palette);
  expect(calls.filter(({ name }) => name === 'strokeRect').map(({ args }) => args)).toEqual([[266.5, 2.5, 23, 7]]);
  expect(calls.find(({ name }) => name === 'fillText')!.args).toEqual(['K', 266, 26]);
});

test('in words, one and all together', () => {
  expect(cleanKept(batch)).toBe(2);
  expect(batchWords(batch)).toBe('24 freed, 8 kept, of these 5 dirty, 1 being written');
  expect(batchWords({ ...batch, freedPages: 32 })).toBe('32 freed, 0 kept');
  expect(trailWords(lens(3))).toBe('72 freed, 24 kept, 15 dirty');
  expect(trailWords(lens(0))).toBe('none yet');
});
