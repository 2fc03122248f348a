import { expect, test } from 'vitest';
import { History } from './history.ts';
import { landmarks, snapped } from './landmarks.ts';

test('landmarks are knobs, ends, kills, overflows and where stalls begin, each stall once', () => {
  const history = new History();
  const stalled = [0, 1, 1, 0.5, 1, 0];
  const B = history.samples.B;
  stalled.forEach((share, row) => {
    B.timeNs.push(row * 50);
    B.stalled.push(Float32Array.of(0, share));
    B.oomKills.push(row === 5 ? 1 : 0);
    B.overflows.push(row === 3 ? 2 : 0);
  });
  history.ends.A = { atNs: 999, of: 'lock cycle' };
  expect(landmarks(history, [{ atNs: 7, machine: 'A', path: 'p', value: 1 }])).toEqual([7, 999, 50, 150, 200, 250]);
});

test('a time snaps to the nearest landmark within reach, and else stays', () => {
  expect(snapped(100, [90, 104, 300], 10)).toBe(104);
  expect(snapped(100, [90, 110], 5)).toBe(100);
  expect(snapped(100, [], 50)).toBe(100);
});
