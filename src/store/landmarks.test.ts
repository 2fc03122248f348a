import { expect, test } from 'vitest';
import type { Advance } from '../abi/protocol.ts';
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

test('where a trace ends is no landmark, where a kernel came to an end is one', () => {
  const history = new History();
  const columns = { endNs: new Float64Array(0), timeNs: new Float64Array(0) };
  const advance = { requests: columns, samples: columns, stalls: columns, stopped: 'over' };
  const frame = { nowNs: 5, metrics: [] };
  history.keep('A', { ...advance, frame: { ...frame, traced: { name: 'trace', absent: {} } } } as unknown as Advance);
  history.keep('B', { ...advance, frame } as unknown as Advance);
  expect(history.ends).toEqual({ B: { atNs: 5, of: 'other' } });
});
