import { expect, test } from 'vitest';
import type { MemoryFrame } from '../../abi/frame.ts';
import { METRICS } from '../../abi/metrics.ts';
import { MMTESTS_ROWS } from '../../abi/mmtests.ts';
import { SEEK_DEFINITIONS } from '../../store/layout.ts';
import { describeMetric, metricValue, SEEKS_PER_MIB } from '../shared/derived-metrics.ts';
import { delta, group, short, speedText, THIN } from '../shared/format.ts';
import { rowsWith, SEEK_ROWS } from '../shared/result-rows.ts';
import { longestStall, rowOf } from './text.ts';

test.each([
  [2, 20, '', `×${THIN}10`, '10 times as much'],
  [0.87, 0.08, '', `÷${THIN}10.9`, '10.9 times less'],
  [861, 647, '', `−${THIN}24.9${THIN}%`, '24.9 percent fewer'],
  [61, 88, '%', `+${THIN}27`, '27 points more'],
  [16.9, 0, 's', `−${THIN}16.9`, '16.9 fewer'],
  [0, 412, '', 'new', 'only in B'],
  [5, 5, '', '=', 'the same'],
])('from %d to %d (%s): %s', (a, b, unit, text, words) => {
  expect(delta(a, b, unit)).toEqual({ text, words });
});

test('numbers have three digits that mean something, and thin spaces', () => {
  expect([0.0834, 6.25, 38.42, 171.4, 13_870, 177_723].map(short)).toEqual([
    '0.08',
    '6.25',
    '38.4',
    '171',
    `13${THIN}870`,
    '178k',
  ]);
  expect(group(-1234567)).toBe(`−1${THIN}234${THIN}567`);
  expect([0.001, 0.01, 0.1, 1, 25, Number.POSITIVE_INFINITY].map(speedText)).toEqual([
    '0.0010×',
    '0.010×',
    '0.10×',
    '1.0×',
    '25×',
    'max',
  ]);
});

test('a number that neither run can have has no row, and one that is not there is never 0', () => {
  expect(rowOf('x', 'X', '', Number.NaN, Number.NaN)).toBeUndefined();
  expect(rowOf('x', 'X', '', Number.NaN, 3)).toMatchObject({ a: '–', b: '3', delta: '' });
});

test('every row of the table has a definition', () => {
  const rows = [...SEEK_DEFINITIONS.flatMap((seeks) => rowsWith(seeks).flat()), ...SEEK_ROWS, ...MMTESTS_ROWS];
  for (const { name } of rows) expect(describeMetric(name)?.definition, name).toBeTruthy();
});

test('the derived numbers: requests per page by reclaim, seeks per MiB whatever the size of a page', () => {
  const metrics = Float64Array.from(METRICS, () => 0);
  const set = (name: string, value: number) => {
    metrics[METRICS.findIndex((metric) => metric.name === name)] = value;
  };
  const memory = { pageBytes: 65536 } as MemoryFrame;
  expect(metricValue({ metrics, memory }, 'requests_per_page')).toBeNaN();
  set('write_requests_by_kswapd', 30);
  set('write_requests_by_direct', 10);
  set('written_by_kswapd', 300);
  set('written_by_direct', 100);
  expect(metricValue({ metrics, memory }, 'requests_per_page')).toBe(0.1);
  set('disk_seeks_over_128', 100);
  set('pages_written', 320);
  expect(metricValue({ metrics, memory }, 'seeks_per_mib')).toBe(5); // 20 MiB in pages of 64 KiB
  set('disk_seeks_btt', 40);
  const perMib = SEEK_DEFINITIONS.map((seeks) => metricValue({ metrics, memory }, SEEKS_PER_MIB[seeks]));
  expect(perMib).toEqual([0, 5, 0, 2]);
});

test('the numbers as mmtests makes them: 100 % efficiency when nothing was scanned, writes of all reclaim', () => {
  const metrics = Float64Array.from(METRICS, () => Number.NaN);
  const set = (values: Readonly<Record<string, number>>) => {
    for (const [name, value] of Object.entries(values))
      metrics[METRICS.findIndex((metric) => metric.name === name)] = value;
  };
  const read = (name: string) => metricValue({ metrics, memory: { pageBytes: 4096 } }, name);
  set({ direct_pages_scanned: 0, direct_pages_reclaimed: 0, kswapd_pages_scanned: 0, elapsed_s: 20 });
  expect(['direct_efficiency_pct', 'direct_scans_pct', 'kswapd_velocity'].map(read)).toEqual([100, 0, 0]);
  set({ direct_pages_scanned: 500, direct_pages_reclaimed: 400, kswapd_pages_scanned: 1500 });
  expect(['direct_efficiency_pct', 'direct_scans_pct', 'kswapd_velocity', 'direct_velocity'].map(read)).toEqual([
    80, 25, 75, 25,
  ]);
  set({
    kswapd_write_file_async: 7,
    direct_write_file_async: 2,
    direct_write_file_sync: 1,
    kswapd_write_anon_async: 30,
  });
  expect(['', '_file', '_anon'].map((of) => read(`reclaim_page_writes${of}`))).toEqual([40, 10, 30]);
});

test('of the waits the longest is told, and direct reclaim where nobody has waited', () => {
  const of = (waitedS: Readonly<Record<string, number>>) => longestStall((name) => waitedS[name] ?? 0).name;
  expect(of({})).toBe('direct_stall_s');
  expect(of({ direct_stall_s: 0.4, memcg_stall_s: 1.2, throttled_s: 0.9 })).toBe('memcg_stall_s');
  expect(of({ direct_stall_s: 0.4, throttled_s: 0.9 })).toBe('throttled_s');
});
