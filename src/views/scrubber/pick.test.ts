import { expect, test } from 'vitest';
import { timeAt, timeByKey } from './pick.ts';

test('the pointer picks a time of the whole run, clamped to it', () => {
  expect(timeAt(150, 100, 200, 60e9)).toBe(15e9);
  expect(timeAt(50, 100, 200, 60e9)).toBe(0);
  expect(timeAt(900, 100, 200, 60e9)).toBe(60e9);
});

test.each([
  ['ArrowRight', false, 10.1e9],
  ['ArrowLeft', true, 9e9],
  ['PageUp', false, 15e9],
  ['Home', false, 0],
  ['End', false, 60e9],
  ['x', false, undefined],
])('%s (shift %s)', (key, shift, to) => {
  expect(timeByKey(key, shift, 10e9, 60e9)).toBe(to);
});

test('no key leads out of the run', () => {
  expect(timeByKey('ArrowLeft', true, 0.2e9, 60e9)).toBe(0);
  expect(timeByKey('PageUp', false, 58e9, 60e9)).toBe(60e9);
});
