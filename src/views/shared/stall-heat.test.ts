import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STALL_KINDS } from '../../abi/frame.ts';
import { MS, S } from '../../abi/units.ts';
import { StallHistory } from '../../store/stall-history.ts';
import {
  digitFloors,
  digitLines,
  digitOf,
  EDGES_NS,
  HEAT_ROWS,
  mostIn,
  rowOf,
  rowText,
  stallHeat,
} from './stall-heat.ts';

const stall = fc.record({
  startNs: fc.nat({ max: 10e9 }),
  lastedNs: fc.oneof(fc.nat({ max: 2e5 }), fc.nat({ max: 2e8 }), fc.nat({ max: 2e10 })),
  kind: fc.nat({ max: STALL_KINDS.length - 1 }),
});
type Stall = { startNs: number; lastedNs: number; kind: number };

function historyOf(stalls: readonly Stall[]): StallHistory {
  const history = new StallHistory();
  const sorted = [...stalls].sort((a, b) => a.startNs + a.lastedNs - b.startNs - b.lastedNs);
  history.append({
    startNs: Float64Array.from(sorted, ({ startNs }) => startNs),
    endNs: Float64Array.from(sorted, ({ startNs, lastedNs }) => startNs + lastedNs),
    thread: Int16Array.from(sorted, (_, at) => at),
    kind: Uint8Array.from(sorted, ({ kind }) => kind),
  });
  return history;
}

test('property: each stall is in one cell, and each cell counts the stalls one would find there by hand', () => {
  const range = { fromNs: 1 * S, toNs: 9 * S };
  const columns = 7;
  fc.assert(
    fc.property(fc.array(stall, { maxLength: 60 }), fc.subarray([...STALL_KINDS]), (stalls, kinds) => {
      const heat = stallHeat(historyOf(stalls), range, columns, kinds);
      for (let row = 0; row < HEAT_ROWS; row++) {
        for (let column = 0; column < columns; column++) {
          const fromNs = range.fromNs + (column / columns) * 8 * S;
          const toNs = range.fromNs + ((column + 1) / columns) * 8 * S;
          const there = stalls.filter(({ startNs, lastedNs, kind }) => {
            const endNs = startNs + lastedNs;
            const isLast = column === columns - 1 && endNs === range.toNs;
            const isLong = row === 0 || lastedNs >= EDGES_NS[row - 1]!;
            const isShort = row === HEAT_ROWS - 1 || lastedNs < EDGES_NS[row]!;
            return (
              kinds.includes(STALL_KINDS[kind]!) && ((endNs >= fromNs && endNs < toNs) || isLast) && isLong && isShort
            );
          });
          expect(heat.counts[row * columns + column]).toBe(there.length);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('two rows to a decade, from under 0.1 ms to 10 s or more', () => {
  expect([0, HEAT_ROWS - 1].map(rowText)).toEqual(['under 0.1 ms', '10 s or more']);
  expect([rowOf(0), rowOf(1 * MS), rowOf(1 * MS - 1), rowOf(100 * S)]).toEqual([0, 3, 2, HEAT_ROWS - 1]);
  expect(rowText(4)).toBe('3.2 ms to 10 ms');
});

test('property: digits grow with the count, 0 is none and 9 the fullest; each stands from its floor on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat({ max: 5000 }), (most, any) => {
      const count = any % (most + 1);
      const digit = digitOf(count, most);
      expect(digit === 0).toBe(count === 0);
      expect(digit).toBeLessThanOrEqual(9);
      if (most > 1) expect([digitOf(1, most), digitOf(most, most)]).toEqual([1, 9]);
      if (digit > 0 && most > 1) expect(count).toBeGreaterThanOrEqual(digitFloors(most)[digit - 1]!);
      if (digit > 0 && digit < 9 && most > 300) expect(count).toBeLessThan(digitFloors(most)[digit]!);
    }),
  );
});

test('the picture in digits: longest first, each row named by the least that its stalls lasted', () => {
  const history = historyOf([
    { startNs: 1 * S, lastedNs: 500 * MS, kind: 0 },
    { startNs: 3 * S, lastedNs: 20 * MS, kind: 0 },
    { startNs: 3 * S, lastedNs: 21 * MS, kind: 0 },
  ]);
  const heat = stallHeat(history, { fromNs: 0, toNs: 4 * S }, 4, ['direct']);
  const lines = digitLines(heat, mostIn(heat));
  expect(lines).toHaveLength(HEAT_ROWS);
  expect(lines[0]).toBe('   10 s |0000');
  expect(lines.filter((line) => /[1-9]/.test(line.slice(9)))).toEqual([' 320 ms |0100', '  10 ms |0009']);
});
