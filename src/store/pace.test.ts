import { expect, test } from 'vitest';
import { FASTEST, Pace, positionOf, SLOWEST, speedAt } from './pace.ts';

test('the slider is logarithmic from a thousandth to as fast as it can', () => {
  expect(speedAt(0)).toBeCloseTo(SLOWEST, 6);
  expect(speedAt(100)).toBe(FASTEST);
  for (const speed of [0.001, 0.01, 0.1, 1, 10, FASTEST]) expect(speedAt(positionOf(speed))).toBeCloseTo(speed, 2);
});

test('asks for wall time times speed, but not for more than the machines were seen to do in a round', () => {
  const pace = new Pace();
  expect(pace.stepNs(16, 1)).toBe(16e6);
  expect(pace.stepNs(16, 0.001)).toBe(16e3);
  // 1 ms of virtual time took 100 ms of real time: a round is now far shorter than asked.
  for (let i = 0; i < 20; i++) pace.learn(1e6, 100);
  expect(pace.stepNs(16, 1)).toBeLessThan(1e6);
  // And it recovers.
  for (let i = 0; i < 40; i++) pace.learn(1e9, 20);
  expect(pace.stepNs(16, FASTEST)).toBeGreaterThan(1e9);
});

test('a tab that was away does not make up for the time', () => {
  expect(new Pace().stepNs(3_600_000, 0.1)).toBe(10e6);
});
