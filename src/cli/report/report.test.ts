import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { MetricName } from '../../abi/metrics.ts';
import { memcgDdScene } from '../../scenarios/memcg-dd.ts';
import { captured } from '../captured.test-double.ts';
import { compare, type Report, type Simulate, type TableReport } from './compare.ts';
import { directionOf, isWithinFactor2, ratioOf } from './judge.ts';
import type { Totals } from './rows.ts';
import { type PostedTable, readTables } from './tables.ts';

test('a ratio, its direction and a factor of 2, by hand', () => {
  expect([ratioOf(3, 2), ratioOf(0, 5), ratioOf(0, 0), ratioOf(4, 0)]).toEqual([1.5, 0, 1, Infinity]);
  // A tenth either way is no change.
  expect([1.11, 1.1, 1, 0.9, 0.89, 0, Infinity].map(directionOf)).toEqual([
    'up',
    'level',
    'level',
    'level',
    'down',
    'down',
    'up',
  ]);
  expect(isWithinFactor2(0.5, 1)).toBe(true);
  expect(isWithinFactor2(0.5, 1.01)).toBe(false);
  expect(isWithinFactor2(3, 1.5)).toBe(true);
  expect(isWithinFactor2(3, 1.49)).toBe(false);
  expect(isWithinFactor2(0, 0)).toBe(true);
  expect(isWithinFactor2(0, 0.1)).toBe(false);
  expect(isWithinFactor2(Infinity, Infinity)).toBe(true);
  expect(isWithinFactor2(Infinity, 5)).toBe(false);
});

const TABLE: PostedTable = {
  id: 'V2-simplewb',
  title: 'tiny',
  source: 'by hand',
  columns: ['traceonly-v2r5', 'nodirect-v2r5', 'stackreduce-v2r5', 'somebody-v9'],
  note: '',
  rows: [
    { metric: 'Kswapd pages scanned', values: [1000, 500, 1100, 1] },
    { metric: 'Direct write async (file+anon)', values: [80, 0, 90, 1] },
    { metric: 'Kswapd write async (file+anon)', values: [0, 30, 0, 1] },
    { metric: 'Elapsed (s)', values: [100, 95, 100, 1] },
    { metric: 'Direct reclaims', values: [10, 20, 10, 1] },
    { metric: 'Phase of the moon', values: [1, 2, 3, 4] },
  ],
};

/** Totals made up: metrics, for so much work. */
function totals(work: number, metrics: Partial<Record<MetricName, number>>): Totals {
  const named = metrics as Readonly<Record<string, number | undefined>>;
  return { sum: (name) => named[name] ?? 0, part: () => undefined, elapsedS: 100, runs: 1, work };
}

const BY_KERNEL: Readonly<Record<string, Totals>> = {
  'v2.6.35-rc2': totals(1000, {
    kswapd_pages_scanned: 600,
    direct_write_file_async: 6,
    direct_write_anon_async: 4,
    direct_reclaims: 5,
  }),
  // Twice the work in the same time: every count halves, and the test would have been over in half the time.
  'rfc-v2': totals(2000, { kswapd_pages_scanned: 720, kswapd_write_file_async: 1, direct_reclaims: 5 }),
};
const simulate: Simulate = ({ kernel }) => BY_KERNEL[kernel] ?? `there is no ${kernel}`;

function only(report: Report): TableReport {
  expect(report.tables.length).toBe(1);
  return report.tables[0]!;
}

describe('a table by hand', () => {
  const report = compare([TABLE], simulate);
  const table = only(report);
  const cell = (metric: string, column = 'nodirect-v2r5') =>
    table.cells.find((candidate) => candidate.metric === metric && candidate.column === column)!;

  test('counts are compared for the same work', () => {
    expect(cell('Kswapd pages scanned')).toMatchObject({
      kernel: 'rfc-v2',
      posted_ratio: 0.5,
      simulated_ratio: 0.6,
      direction_right: true,
      within_factor_2: true,
    });
    // Elapsed: posted level, simulated half: wrong, yet just within a factor of two.
    expect(cell('Elapsed (s)')).toMatchObject({
      posted_ratio: 0.95,
      simulated_ratio: 0.5,
      direction_right: false,
      within_factor_2: true,
    });
  });

  test('to nothing, and from nothing', () => {
    expect(cell('Direct write async (file+anon)')).toMatchObject({
      posted_ratio: 0,
      simulated_ratio: 0,
      direction_right: true,
      within_factor_2: true,
    });
    expect(cell('Kswapd write async (file+anon)')).toMatchObject({
      posted_ratio: Infinity,
      simulated_ratio: Infinity,
      direction_right: true,
    });
  });

  test('fragile cells and the same kernel are listed apart, with the reason and its source', () => {
    expect(cell('Direct reclaims').apart).toMatchObject({ kind: 'fragile' });
    expect(cell('Kswapd pages scanned', 'stackreduce-v2r5')).toMatchObject({
      kernel: 'v2.6.35-rc2',
      simulated_ratio: 1,
      apart: { kind: 'same kernel' },
    });
    for (const { apart } of table.cells)
      expect(apart === undefined || apart.source.startsWith('history.md')).toBe(true);
  });

  test('the total is over what counts', () => {
    expect(report.total).toEqual({ cells: 4, direction_right: 3, within_factor_2: 4 });
    expect(table.total).toEqual(report.total);
  });

  test('an unknown column and a row without counterpart are named', () => {
    expect(table.left_out.map(({ what }) => what)).toEqual(['column somebody-v9', 'row Phase of the moon']);
  });
});

test('a cell that cannot have been is an artefact', () => {
  const rows = [
    { metric: 'Time kswapd awake (s)', values: [50, 5000] },
    { metric: 'Elapsed (s)', values: [100, 100] },
    { metric: 'Kswapd wakeups', values: [1, 1] },
  ];
  const table = only(compare([{ ...TABLE, columns: ['traceonly', 'nodirect-v2r5'], rows }], simulate));
  expect(table.cells.map(({ metric, apart }) => [metric, apart?.kind])).toEqual([
    ['Time kswapd awake (s)', 'artefact'],
    ['Elapsed (s)', undefined],
    ['Kswapd wakeups', undefined],
  ]);
});

test('a table of an unknown machine, and a baseline that is not simulated, are left out with the reason', () => {
  const unknown = only(compare([{ ...TABLE, id: 'Jan99-sysbench' }], simulate));
  expect([unknown.cells.length, unknown.left_out[0]!.what]).toEqual([0, 'table Jan99-sysbench']);
  const noBase = only(compare([{ ...TABLE, columns: ['vanilla', 'nodirect-v2r5', 'a', 'b'] }], simulate));
  expect(noBase.left_out[0]!.why).toMatch(/baseline "vanilla"/);
});

test('the tables that ship are whole', () => {
  const tables = readTables(undefined);
  expect(tables.ok && tables.value.length).toBe(16);
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reclaimscope-report-'));
  const file = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  const report = captured((run) => import(/* @vite-ignore */ `../report.ts?run=${run}`));

  test('a small table, really run: JSON with totals and tables', async () => {
    const { code, out, errors } = await report(
      ...['--tables', file('tiny.json', [TABLE]), '--seconds', '0.3', '--seeds', '1', '--format', 'json'],
    );
    expect([code, errors]).toEqual([0, '']);
    const json = JSON.parse(out) as Report;
    expect(Object.keys(json)).toEqual(['total', 'tables']);
    expect(json.total.cells).toBe(4);
    expect(json.tables[0]).toMatchObject({ id: 'V2-simplewb', machine: 'phenom-2g', workload: 'simple-writeback' });
    expect(json.tables[0]!.left_out.map(({ what }) => what)).toContain('column somebody-v9');
  });

  test.each([
    [['--format', 'xml'], /There is no format "xml"; allowed: table, json, md\./],
    [['--seeds', '0'], /--seeds is 0; it must be a whole number from 1 to 20\./],
    [['--seconds', 'soon'], /--seconds is soon; it must be/],
    [['--series', 'V9'], /There is no series "V9"; allowed: V1x-simplewb/],
    [['--tables'], /--tables: needs a value after it\./],
    [['--tables', '/nowhere.json'], /cannot be read as JSON/],
    [['--frobnicate'], /There is no option "--frobnicate"/],
    [['--scene', 'memcg-dd', '--series', 'V6'], /--scene: goes without/],
    [['--scene', 'nowhere'], /There is no scene "nowhere"/],
  ])('%j: one sentence, exit 2, nothing on standard output', async (args, sentence) => {
    const { code, out, errors } = await report(...args);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toMatch(sentence);
    expect(errors.trimEnd().split('\n').length).toBe(1);
  });

  test.each([
    ['{}', /must be a list of tables/],
    ['[{"id": 7}]', /table 1: "id" must be text/],
    [JSON.stringify([{ ...TABLE, columns: ['a'] }]), /table 1 \(V2-simplewb\): "columns" must be/],
    [JSON.stringify([{ ...TABLE, rows: [{ metric: 'x', values: [1, 2] }] }]), /row "x": "values" must be 4 numbers/],
  ])('a file of another shape is refused with its place: %s', async (text, sentence) => {
    const { code, errors } = await report('--tables', file('bad.json', text));
    expect(code).toBe(2);
    expect(errors).toMatch(sentence);
  });

  test('--scene: the variants that a scene names, or its two machines', async () => {
    const own = await report('--scene', 'memcg-dd', '--seconds', '0.2', '--format', 'json');
    expect(own.code).toBe(0);
    const { variants } = JSON.parse(own.out) as {
      variants: readonly { label: string; metrics: Record<string, number> }[];
    };
    expect(variants.map(({ label }) => label)).toEqual(memcgDdScene.variants!.map(({ label }) => label));
    for (const { metrics } of variants) expect(metrics.elapsed_s).toBe(0.2);
    const twins = await report('--scene', 'anon-burst', '--seconds', '0.1');
    expect(twins.code).toBe(0);
    expect(twins.out).toMatch(/^kernel +v2\.6\.35-rc2 +rfc-v1$/m);
  });

  test('--help', async () => {
    const { code, out } = await report('--help');
    expect([code, out.includes('--series V6')]).toEqual([0, true]);
  });
});
