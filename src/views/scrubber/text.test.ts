import { expect, test } from 'vitest';
import { scrubberText, turnedNear } from './text.ts';

const WHOLE = { fromNs: 0, toNs: 60e9 };
const input = (atNs: number) => ({ atNs, machine: 'both', path: 'p', value: 1 }) as const;

test('the slider says the time, and whatever else was set', () => {
  expect(scrubberText(12.5e9, 60e9, WHOLE, 0, {})).toBe('12.500 of 60 seconds');
  expect(scrubberText(1e9, 60e9, { fromNs: 1e9, toNs: 3e9 }, 2, { b: 2e9 })).toBe(
    '1.000 of 60 seconds, zoomed to 1.000 to 3.000, 2 knobs turned on the way, marker b at 2.000',
  );
});

test('of several knobs near the pointer the nearest is named first', () => {
  expect(turnedNear([input(1e9), input(2e9), input(9e9)], 1.9e9, 1e9).map(({ atNs }) => atNs)).toEqual([2e9, 1e9]);
});
