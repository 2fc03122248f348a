import { expect, test } from 'vitest';
import { SAMPLED } from '../abi/counters.ts';
import { SAMPLE_ACTORS, SAMPLE_NS, type SampleColumns } from '../abi/frame.ts';
import { SampleHistory } from './sample-history.ts';

/** `rows` samples of one thread, the first at `from`: dirty pages are the row's number, a kill in every hundredth row. */
function samples(from: number, rows: number): SampleColumns {
  const of = (value: (row: number) => number) => Float64Array.from({ length: rows }, (_, i) => value(from + i));
  return {
    timeNs: of((row) => row * SAMPLE_NS),
    freePages: of(() => 1),
    dirtyPages: of((row) => row),
    writebackPages: of(() => 0),
    oomKills: of((row) => Number(row % 100 === 0)),
    overflows: of((row) => Number(row % 200 === 0)),
    threads: 1,
    ran: Float32Array.from(of(() => 0.5)),
    stalled: Float32Array.from(of((row) => row % 2)),
    acted: new Float32Array(rows * SAMPLE_ACTORS.length),
    counters: new Float64Array(rows * SAMPLED.length),
  };
}

test('however long a run is, its samples take a bounded room, newest in full, none of its kills and peaks lost', () => {
  const history = new SampleHistory();
  const ROWS = 60_000;
  for (let from = 0; from < ROWS; from += 500) history.append(samples(from, 500));
  const { timeNs, dirtyPages, oomKills, ran, stalled, counters, acted } = history;
  expect(timeNs.length).toBeLessThanOrEqual(8192);
  for (const column of [dirtyPages, oomKills, ran, stalled, counters, acted])
    expect(column).toHaveLength(timeNs.length);
  expect(timeNs).toEqual([...timeNs].sort((a, b) => a - b));
  expect(timeNs.slice(-2000)).toEqual([...samples(ROWS - 2000, 2000).timeNs]);
  expect(oomKills.reduce((sum, kills) => sum + kills, 0)).toBe(ROWS / 100);
  expect(history.overflows.reduce((sum, one) => sum + one, 0)).toBe(ROWS / 200);
  expect(dirtyPages.every((dirty, row) => dirty === timeNs[row]! / SAMPLE_NS)).toBe(true);
  expect(ran.every(([share]) => share === 0.5)).toBe(true);
  expect(stalled[0]![0]).toBeCloseTo(0.5);
  expect(history.peakPages).toBe(ROWS - 1);
  // What is known is not taken twice.
  history.append(samples(ROWS - 500, 500));
  expect(timeNs.at(-1)).toBe((ROWS - 1) * SAMPLE_NS);
});
