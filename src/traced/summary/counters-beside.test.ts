import { expect, test } from 'vitest';
import { RUNS, textOf, traceAt } from '../recorded.test-double.ts';
import { asideText, pairOf, vmstatTables } from './counters-beside.ts';
import { summarize } from './summary.ts';
import { tracedTables } from './tables.ts';

const RUN = RUNS.find(({ name }) => name === 'small-stream-write')!;
const beforeText = textOf(RUN.summary.replace('summary.json', 'vmstat-before.txt'));
const afterText = textOf(RUN.summary.replace('summary.json', 'vmstat-after.txt'));
const named = (name: string, text: string) => ({ name, text });
const PAIR = pairOf([named('a', beforeText), named('b', afterText)])!;

interface Recorded {
  readonly vmstat_delta: Readonly<Record<string, number>>;
  readonly crosscheck_with_vmstat: readonly {
    readonly trace: number;
    readonly vmstat: number;
    readonly equal: boolean;
  }[];
}

test('every comparison and every counter that moved, as the summary of the run has them', () => {
  const { vmstat } = tracedTables(traceAt(RUN.trace), { vmstat: PAIR, memoryStat: undefined });
  const expected = JSON.parse(textOf(RUN.summary)) as Recorded;
  expect(vmstat?.checks.map(({ trace, vmstat: counter, equal }) => ({ trace, vmstat: counter, equal }))).toEqual(
    expected.crosscheck_with_vmstat.map(({ trace, vmstat: counter, equal }) => ({
      trace: String(trace),
      vmstat: String(counter),
      equal,
    })),
  );
  expect(Object.fromEntries(vmstat?.moved.map(({ label, value }) => [label, Number(value)]) ?? [])).toEqual(
    expected.vmstat_delta,
  );
});

test('every row has a name of its own and says what is counted on either side', () => {
  const memoryStat = pairOf([
    named('memory.stat-before', 'anon 5\npgscan 1\npgsteal_direct 1\n'),
    named('memory.stat-after', 'anon 3\npgscan 4\npgsteal_direct 2\n'),
  ]);
  const { checks, moved, movedInCgroup } = vmstatTables(summarize(traceAt(RUN.trace)), { vmstat: PAIR, memoryStat })!;
  expect(new Set(checks.map(({ label }) => label)).size).toBe(checks.length);
  expect(checks.map(({ label }) => label)).toContain('pgsteal_direct of the cgroup');
  expect(movedInCgroup.map(({ label, value }) => `${label} ${value}`)).toEqual([
    'anon -2',
    'pgscan 3',
    'pgsteal_direct 1',
  ]);
  for (const { definition } of [...checks, ...moved, ...movedInCgroup]) expect(definition).toMatch(/^.{10,}\.$/);
});

test('older kernels count per zone, and name what kswapd stole apart', () => {
  const summary = summarize(traceAt(RUN.trace));
  const counters = (after: string) => {
    const vmstat = pairOf([named('before', ''), named('after', after)]);
    const { checks } = vmstatTables(summary, { vmstat, memoryStat: undefined })!;
    return Object.fromEntries(checks.slice(0, 4).map((row) => [row.label, Number(row.vmstat)]));
  };
  const scanned = 'pgscan_kswapd_dma 1\npgscan_kswapd_normal 9\npgscan_direct_normal 7\npgscan_direct_throttle 5\n';
  const expected = { pgscan_kswapd: 10, pgscan_direct: 7, pgsteal_kswapd: 8, pgsteal_direct: 6 };
  expect(counters(`${scanned}pgsteal_dma 1\npgsteal_normal 13\nkswapd_steal 8\n`)).toEqual(expected);
  expect(counters(`${scanned}pgsteal_kswapd_normal 8\npgsteal_direct_normal 6\n`)).toEqual(expected);
});

test('a text of blkparse has counters that moved, and nothing to compare', () => {
  const tables = vmstatTables(undefined, { vmstat: PAIR, memoryStat: undefined });
  expect(tables?.checks).toEqual([]);
  expect(tables?.moved.length).toBeGreaterThan(10);
  expect(vmstatTables(undefined, { vmstat: undefined, memoryStat: PAIR })).toBeUndefined();
});

test('before and after are told by name, else by counters that only grow, in whichever order they come', () => {
  const grown = (first: string, second: string) => {
    const pair = pairOf([named(first, afterText), named(second, beforeText)])!;
    return pair.after.get('pgpgout')! - pair.before.get('pgpgout')!;
  };
  const right = grown('b', 'a');
  expect(right).toBeGreaterThan(0);
  expect(grown('vmstat-After.txt', 'vmstat-before.txt')).toBe(right);
  expect(grown('vmstat.txt', 'BEFORE.gz')).toBe(right);
  expect(grown('before and after 1', 'before and after 2')).toBe(right);
  expect(grown('before', 'after')).toBe(-right);
  expect(pairOf([named('a', beforeText)])).toBeUndefined();
});

test('what is left aside is named, and counters without their second are too', () => {
  const one = named('vmstat.txt', beforeText);
  expect(asideText({ vmstat: [one, one], memoryStat: [], aside: [] })).toBe('');
  expect(asideText({ vmstat: [one, one], memoryStat: [], aside: ['a.txt', 'b.png'] })).toBe(
    'Left aside, as no part of this trace: a.txt, b.png.',
  );
  expect(asideText({ vmstat: [one], memoryStat: [], aside: [] })).toBe(
    'Not compared: vmstat.txt; there must be two, before and after.',
  );
  expect(asideText({ vmstat: [], memoryStat: [one, one], aside: [] })).toContain('without /proc/vmstat');
});
