import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SAMPLED, VMSTAT_ROWS } from '../../abi/counters.ts';
import { SampleHistory } from '../../store/sample-history.ts';
import { describeMetric } from '../shared/derived-metrics.ts';
import { columnOf, readingAt, valueAt } from '../shared/sampled.ts';
import { timeAt } from './chart.tsx';
import { seriesOf } from './series.ts';
import { readings } from './text.ts';

const COLUMN = columnOf('allocstall');

function samplesOf(values: readonly number[]): SampleHistory {
  const history = new SampleHistory();
  const none = new Float64Array(values.length);
  const counters = new Float64Array(values.length * SAMPLED.length);
  for (const [row, value] of values.entries()) counters[row * SAMPLED.length + COLUMN] = value;
  history.append({
    timeNs: Float64Array.from(values, (_, row) => row * 50e6),
    freePages: none,
    dirtyPages: none,
    writebackPages: none,
    threads: 0,
    ran: new Float32Array(),
    stalled: new Float32Array(),
    acted: new Float32Array(4 * values.length),
    oomKills: none,
    overflows: none,
    counters,
  });
  return history;
}
const WHOLE = { fromNs: 0, toNs: 60e9 };

test('property: a series is of the samples in its range, and as they are while there is room for all', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 1e6 }), { maxLength: 80 }),
      fc.nat({ max: 40 }),
      fc.nat({ max: 40 }),
      (values, a, b) => {
        const samples = samplesOf(values);
        const range = { fromNs: Math.min(a, b) * 50e6, toNs: Math.max(a, b) * 50e6 };
        const expected = values
          .map((value, row) => ({ atNs: row * 50e6, value }))
          .filter(({ atNs }) => atNs >= range.fromNs && atNs <= range.toNs);
        expect(seriesOf(samples, COLUMN, range, false, 100)).toEqual(expected);
        const few = seriesOf(samples, COLUMN, WHOLE, false, 10);
        expect(few.length).toBeLessThanOrEqual(10);
        for (const point of few) expect(values[point.atNs / 50e6]).toBe(point.value);
      },
    ),
  );
});

test('a spike of one sample is still there when there is no room for all', () => {
  const values = Array.from({ length: 1000 }, (_, row) => (row === 517 ? 9000 : 10));
  expect(seriesOf(samplesOf(values), COLUMN, WHOLE, false, 50).some(({ value }) => value === 9000)).toBe(true);
});

test('a rate is the growth over the last half second, per second; at first over what there is', () => {
  const samples = samplesOf(Array.from({ length: 40 }, (_, row) => row * row));
  expect(valueAt(samples, COLUMN, 0, true)).toBe(0);
  expect(valueAt(samples, COLUMN, 2, true)).toBeCloseTo(4 / 0.1, 9);
  expect(valueAt(samples, COLUMN, 30, true)).toBeCloseTo((900 - 400) / 0.5, 9);
  expect(readingAt(samples, COLUMN, 1.51e9, true)).toBe(valueAt(samples, COLUMN, 30, true));
  expect(readingAt(samples, COLUMN, -1, false)).toBeNaN();
  expect(readingAt(samples, COLUMN, 2.1e9, false)).toBeNaN();
});

test('every counter has its definition, and none two', () => {
  for (const { name } of SAMPLED) expect(describeMetric(name)?.definition, name).toBeTruthy();
  for (const { name } of VMSTAT_ROWS) expect(columnOf(name), name).toBeGreaterThanOrEqual(0);
});

test('the pointer finds the time that is drawn there; both values in words', () => {
  expect(timeAt(58, 658, WHOLE)).toBe(0);
  expect(timeAt(58 + (658 - 58 - 18) / 2, 658, WHOLE)).toBe(30e9);
  expect(timeAt(2000, 658, WHOLE)).toBe(60e9);
  const samples = { A: samplesOf([1, 2, 3]), B: samplesOf([]) };
  expect(readings({ samples } as never, 'allocstall', 60e6, false)).toBe('A 2  B –');
});
