import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centred, following, selected, shownRange, zoomed } from './zoom.ts';

const UNTIL = 60e9;
const time = fc.integer({ min: 0, max: UNTIL });
const range = fc
  .tuple(fc.integer({ min: 0, max: UNTIL - 1e9 }), fc.integer({ min: 0.1e9, max: 1e9 }))
  .map(([fromNs, by]) => ({ fromNs, toNs: fromNs + by }));

test('whatever is asked for, what is shown lies in the run and is wide enough to see', () => {
  const anything = fc.record({
    fromNs: fc.double({ min: 0, max: 1e12, noNaN: true }),
    toNs: fc.double({ noNaN: true }),
  });
  fc.assert(
    fc.property(fc.option(anything, { nil: undefined }), (zoom) => {
      const { fromNs, toNs } = shownRange(zoom, UNTIL);
      expect(fromNs).toBeGreaterThanOrEqual(0);
      expect(toNs).toBeLessThanOrEqual(UNTIL);
      expect(toNs - fromNs).toBeGreaterThanOrEqual(0.1e9 - 1);
    }),
  );
  expect(shownRange(undefined, UNTIL)).toEqual({ fromNs: 0, toNs: UNTIL });
  expect(shownRange({ fromNs: 5e9, toNs: 7e9 }, UNTIL)).toEqual({ fromNs: 5e9, toNs: 7e9 });
});

test('a drag selects a part in either direction; a click selects none', () => {
  expect(selected(9e9, 4e9)).toEqual({ fromNs: 4e9, toNs: 9e9 });
  expect(selected(4e9, 4.05e9)).toBeUndefined();
});

test('zooming in and out keeps the time under the hand where it is', () => {
  fc.assert(
    fc.property(range, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (shown, share) => {
      const atNs = shown.fromNs + share * (shown.toNs - shown.fromNs);
      const out = zoomed(shown, 2, atNs, UNTIL)!;
      expect(out.toNs - out.fromNs).toBeCloseTo(2 * (shown.toNs - shown.fromNs), -1);
      expect(out.fromNs).toBeGreaterThanOrEqual(0);
      expect(out.toNs).toBeLessThanOrEqual(UNTIL);
      const isFree = out.fromNs > 0 && out.toNs < UNTIL;
      if (isFree) expect((atNs - out.fromNs) / (out.toNs - out.fromNs)).toBeCloseTo(share, 5);
    }),
  );
  expect(zoomed({ fromNs: 0, toNs: 40e9 }, 2, 1e9, UNTIL)).toBeUndefined();
  expect(zoomed({ fromNs: 1e9, toNs: 1.1e9 }, 0.5, 1e9, UNTIL)).toEqual({ fromNs: 1e9, toNs: 1.1e9 });
});

test('the part follows the playhead out of either side, and never leaves the run', () => {
  fc.assert(
    fc.property(range, time, (shown, atNs) => {
      const next = following(shown, shown.toNs, atNs, UNTIL);
      const isInside = atNs >= shown.fromNs && atNs <= shown.toNs;
      expect(next === undefined).toBe(isInside);
      if (!isInside) expect(following(shown, atNs, shown.fromNs === 0 ? UNTIL : 0, UNTIL)).toBeUndefined();
      for (const one of [next ?? shown, centred(shown, atNs, UNTIL)]) {
        expect(one.toNs - one.fromNs).toBe(shown.toNs - shown.fromNs);
        expect(one.fromNs).toBeGreaterThanOrEqual(0);
        expect(one.toNs).toBeLessThanOrEqual(UNTIL);
        expect(atNs).toBeGreaterThanOrEqual(one.fromNs);
        expect(atNs).toBeLessThanOrEqual(one.toNs);
      }
    }),
  );
});
