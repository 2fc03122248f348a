import { expect, test } from 'vitest';
import type { RunResult } from '../abi/run-result.ts';
import { mmtestsTable, resultsCsv } from './results.ts';

const run = (machine: 'A' | 'B', metrics: Record<string, number>): RunResult => ({
  machine,
  kernel: machine === 'A' ? 'v2.6.35-rc2' : 'rfc-v1',
  hash: '0',
  metrics,
});
const A = run('A', {
  direct_reclaims: 4,
  elapsed_s: 10,
  direct_pages_scanned: 200,
  kswapd_pages_scanned: 800,
  major_faults: 0,
});
const B = run('B', {
  direct_reclaims: 1,
  elapsed_s: 10,
  direct_pages_scanned: 0,
  kswapd_pages_scanned: 900,
  major_faults: 2,
});

test('CSV: the table’s order, empty where a run has none, groups behind', () => {
  const withGroup = { ...B, metrics: { ...B.metrics, 'memcg.g.failcnt': 3 } };
  expect(resultsCsv([A, withGroup]).split('\n')).toEqual([
    'metric,A,B',
    'direct_reclaims,4,1',
    'direct_pages_scanned,200,0',
    'kswapd_pages_scanned,800,900',
    'major_faults,0,2',
    'elapsed_s,10,10',
    'memcg.g.failcnt,,3',
  ]);
});

test('mmtests: its rows in its words, the change against the first run', () => {
  const lines = mmtestsTable([A, B]).split('\n');
  const row = (label: string) =>
    lines
      .find((line) => line.startsWith(label))!
      .slice(label.length)
      .trim()
      .split(/\s+(?![^(]*\))/);
  expect(lines[0]!.trim().split(/\s+/)).toEqual(['v2.6.35-rc2', 'rfc-v1']);
  expect(row('Direct pages scanned')).toEqual(['200', '0', '(-100.00%)']);
  expect(row('Percentage direct scans')).toEqual(['20', '0', '(-100.00%)']);
  expect(row('Kswapd velocity')).toEqual(['80', '90', '( 12.50%)']);
  expect(row('Major Faults')).toEqual(['0', '2', '(   new )']);
});
