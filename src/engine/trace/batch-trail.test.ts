import { expect, test } from 'vitest';
import { BatchTrail } from './batch-trail.ts';

test('the last eight are kept, the oldest first; a copy of the state brings them back', () => {
  const trail = new BatchTrail();
  const note = (endNs: number) => trail.note({ endNs, thread: 2, taken: 32, freed: 30, dirty: 1, writeback: 1 });
  for (let ns = 1; ns <= 3; ns++) note(ns);
  expect(trail.latest().map(({ endNs }) => endNs)).toEqual([1, 2, 3]);
  const early = trail.state.slice();
  for (let ns = 4; ns <= 11; ns++) note(ns);
  expect(trail.latest().map(({ endNs }) => endNs)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  expect(trail.latest()[0]).toEqual({ endNs: 4, thread: 2, taken: 32, freed: 30, dirty: 1, writeback: 1 });
  trail.state.set(early);
  expect(trail.latest().map(({ endNs }) => endNs)).toEqual([1, 2, 3]);
  expect(trail.noted).toBe(3);
});
