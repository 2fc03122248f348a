import { expect, test } from 'vitest';
import { axisOf } from './draw.ts';
import { gripAt, timeAt, timeByKey } from './pick.ts';

const WHOLE = { fromNs: 0, toNs: 60e9 };

test('the pointer picks a time of what is shown, clamped to it', () => {
  expect(timeAt(150, 100, 200, WHOLE)).toBe(15e9);
  expect(timeAt(50, 100, 200, WHOLE)).toBe(0);
  expect(timeAt(900, 100, 200, WHOLE)).toBe(60e9);
  expect(timeAt(150, 100, 200, { fromNs: 10e9, toNs: 14e9 })).toBe(11e9);
});

test.each([
  ['ArrowRight', false, 10.1e9],
  ['ArrowLeft', true, 9e9],
  ['PageUp', false, 15e9],
  ['Home', false, 0],
  ['End', false, 60e9],
  ['x', false, undefined],
])('%s (shift %s)', (key, shift, to) => {
  expect(timeByKey(key, shift, 10e9, 60e9, 60e9)).toBe(to);
});

test('no key leads out of the run; in a short part the steps are shorter', () => {
  expect(timeByKey('ArrowLeft', true, 0.2e9, 60e9, 60e9)).toBe(0);
  expect(timeByKey('PageUp', false, 58e9, 60e9, 60e9)).toBe(60e9);
  expect(timeByKey('ArrowRight', false, 10e9, 2e9, 60e9)).toBe(10.02e9);
});

test('a press takes hold of a marker by its letter, of the strip only when zoomed, else of time', () => {
  const scene = { isZoomed: true, xOf: axisOf(600, WHOLE), markers: { a: 10e9, b: 10.2e9 } };
  expect(gripAt(300, 3, scene)).toEqual({ of: 'strip' });
  expect(gripAt(300, 3, { ...scene, isZoomed: false })).toEqual({ of: 'time' });
  expect(gripAt(94, 15, scene)).toEqual({ of: 'marker', marker: 'a' });
  expect(gripAt(103, 15, scene)).toEqual({ of: 'marker', marker: 'b' });
  expect(gripAt(100, 60, scene)).toEqual({ of: 'time' });
  expect(gripAt(300, 15, scene)).toEqual({ of: 'time' });
});
