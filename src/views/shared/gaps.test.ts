import { expect, test } from 'vitest';
import type { TracedGap } from '../../abi/traced.ts';
import { drawGaps, gapBands, gapsText, lostAt } from './gaps.ts';
import { lookOf } from './look.ts';
import { recordingContext } from './recording-context.ts';

const palette = lookOf('dark', 1440);
const gap = (fromS: number, toS: number, events: number | undefined, cpu = -1): TracedGap => ({
  fromNs: fromS * 1e9,
  toNs: toS * 1e9,
  cpu,
  events,
});
/** 100 px a second. */
const xOf = (ns: number) => ns / 1e7;
const BOX = { x: 10, y: 5, wide: 400, tall: 40 };

function drawn(gaps: readonly TracedGap[]) {
  const { ctx, calls } = recordingContext();
  drawGaps(ctx, BOX, gaps, xOf, palette);
  return {
    words: calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0]),
    hatched: calls.filter(({ name }) => name === 'moveTo').length,
    edges: calls.filter(({ name, args }) => name === 'fillRect' && args[2] === 1).map(({ args }) => args[0]),
  };
}

test('lost events are hatched from the last before them to the first after, and said where there is room', () => {
  const { words, hatched, edges } = drawn([gap(1, 3, 1204)]);
  expect(words).toEqual(['1\u2009204 events lost']);
  expect(hatched).toBeGreaterThan(10);
  expect(edges).toEqual([110, 309]);
  expect(drawn([gap(1, 3, undefined)]).words).toEqual(['events lost']);
  expect(drawn([gap(1, 1.5, 1204)]).words).toEqual([]);
});

test('a gap without extent can still be seen, neighbours that cannot be told apart are one, others are not drawn', () => {
  expect(gapBands([gap(1, 1, 5)], 400, xOf)).toMatchObject([{ from: 98, to: 102 }]);
  expect(gapBands([gap(1, 1, 5), gap(1.03, 1.03, 6)], 400, xOf)).toMatchObject([{ from: 98, to: 105 }]);
  expect(gapBands([gap(-3, -2, 5), gap(8, 9, 5)], 400, xOf)).toEqual([]);
  expect(drawn([gap(8, 9, 5)]).hatched).toBe(0);
});

test('in words: how many, on which CPU, and what is not known', () => {
  const gaps = [gap(1, 2, 1, 3), gap(5, 6, 10, 0), gap(5, 7, undefined, 1)];
  expect(lostAt(gaps, 1.5e9, 0)).toBe('1 event lost on CPU 3');
  expect(lostAt(gaps, 2.1e9, 0.2e9)).toBe('1 event lost on CPU 3');
  expect(lostAt(gaps, 5.5e9, 0)).toBe('over 10 events lost');
  expect(lostAt(gaps, 3e9, 0)).toBe('');
  expect(gapsText(gaps.slice(0, 1))).toBe('Between 1.000 and 2.000 s 1 event lost.');
  expect(gapsText(gaps)).toBe('In 3 gaps between 1.000 and 7.000 s over 11 events lost.');
  expect(gapsText([])).toBe('');
});
