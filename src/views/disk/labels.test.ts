import { expect, test } from 'vitest';
import { recordingContext } from '../shared/recording-context.ts';
import { type Mark, placeLabels } from './labels.ts';

const { ctx } = recordingContext(); // letters are 7 px wide
const bar = (x: number, y: number, pages: number): Mark => ({ x, y, wide: 10, tall: 8, pages });
const textsAt = (marks: readonly Mark[], width = 300) =>
  placeLabels(ctx, marks, width).map(({ text, x, y }) => [text, x, y]);

test('a small request says nothing, a large one its pages above its bar', () => {
  expect(textsAt([bar(50, 40, 31), bar(100, 40, 32)])).toEqual([['32', 105, 37]]);
});

test('where a request lies above, the count goes below; where both are taken it is left out', () => {
  expect(textsAt([bar(100, 40, 128), bar(100, 28, 1)])).toEqual([['128', 105, 64]]);
  expect(textsAt([bar(100, 40, 128), bar(100, 28, 1), bar(100, 52, 1)])).toEqual([]);
});

test('two counts never lie on each other: the larger request has its own', () => {
  expect(textsAt([bar(100, 40, 64), bar(106, 40, 128)])).toEqual([
    ['64', 105, 64],
    ['128', 111, 37],
  ]);
  expect(textsAt([bar(100, 40, 64), bar(106, 40, 128), bar(100, 52, 1)])).toEqual([['128', 111, 37]]);
});

test('no count is cut off at an edge: not at the sides, and at the top it goes below', () => {
  expect(textsAt([bar(0, 40, 128), bar(294, 40, 128)])).toEqual([]);
  expect(textsAt([bar(100, 4, 128)])).toEqual([['128', 105, 28]]);
});

test('a stream of requests of one size says it once, where there is room; the next size is said again', () => {
  const stream = [bar(20, 60, 32), bar(60, 60, 32), bar(100, 60, 32), bar(140, 60, 64), bar(180, 60, 32)];
  expect(textsAt(stream)).toEqual([
    ['32', 25, 57],
    ['64', 145, 57],
    ['32', 185, 57],
  ]);
  const covered = [bar(20, 60, 32), bar(20, 48, 1), bar(20, 72, 1), bar(60, 60, 32)];
  expect(textsAt(covered)).toEqual([['32', 65, 57]]);
});
