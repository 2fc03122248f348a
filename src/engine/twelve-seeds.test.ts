import { expect, test } from 'vitest';
import { S } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import type { Engine } from './engine.ts';
import { pageAt } from './machine/space.ts';
import { boot, metric, run, SMALL } from './scene-rig.ts';

const SEEDS = Array.from({ length: 12 }, (_, at) => at + 1);
type Metrics = Readonly<Record<string, number>>;

const byReclaim = (m: Metrics) => metric(m, 'written_by_kswapd') + metric(m, 'written_by_direct');
const requestsPerPage = (m: Metrics) =>
  (metric(m, 'write_requests_by_kswapd') + metric(m, 'write_requests_by_direct')) / byReclaim(m);
const median = (values: readonly number[]) => [...values].sort((left, right) => left - right)[values.length >> 1]!;

test('E7 ranges where dirty pages are dense in their file and scattered on the LRU: seeky-vs-range over twelve seeds', () => {
  const table = SEEDS.map((seed) => {
    const { m: a } = run(seekyVsRange, 60, { seed, kernel: 'v2.6.35-rc2' });
    const { m: b } = run(seekyVsRange, 60, { seed, kernel: 'rfc-v1-p5' });
    return { seed, a, b, fewer: requestsPerPage(a) / requestsPerPage(b) };
  });
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const rows = table.map(({ seed, a, b, fewer }) =>
    [
      seed,
      requestsPerPage(a).toFixed(3),
      requestsPerPage(b).toFixed(4),
      fewer.toFixed(1),
      percent(byReclaim(a), a.pages_written!),
      percent(a.written_by_direct!, a.pages_written!),
      b.range_collateral_pages,
      b.range_collateral_reclaimed,
      b.range_collateral_redirtied,
      a.disk_mean_request_kib!.toFixed(1),
      b.disk_mean_request_kib!.toFixed(1),
    ].join('\t'),
  );
  const head = 'seed\treq/page A\tB\tfewer\treclaim A\tdirect A\tcollateral\treclaimed\tredirtied\tKiB A\tKiB B';
  console.log(`seeky-vs-range, 60 s, A v2.6.35-rc2, B rfc-v1-p5\n${[head, ...rows].join('\n')}`);
  for (const { seed, a, b, fewer } of table) {
    expect([seed, fewer >= 5]).toEqual([seed, true]);
    expect([seed, byReclaim(a) >= a.pages_written! / 4]).toEqual([seed, true]);
    const collateral = metric(b, 'range_collateral_pages');
    expect(collateral).toBeGreaterThan(0);
    expect(metric(b, 'range_collateral_redirtied') + metric(b, 'range_collateral_reclaimed')).toBeLessThanOrEqual(
      collateral,
    );
    expect(a.range_collateral_pages).toBe(0);
    // The mean request grows, and more pages are cleaned than were isolated (overshoot ≥ 1).
    expect(metric(b, 'disk_mean_request_kib')).toBeGreaterThan(metric(a, 'disk_mean_request_kib'));
    expect(collateral / (byReclaim(b) - collateral)).toBeGreaterThanOrEqual(1);
  }
  expect(
    median(table.map(({ a }) => metric(a, 'written_by_direct') / metric(a, 'pages_written'))),
  ).toBeGreaterThanOrEqual(0.01);
});

test.each([1, 5, 9])('rfc-v1 writes no file page from direct reclaim while direct reclaims happen, seed %i', (seed) => {
  const { m } = run(seekyVsRange, 60, { seed, kernel: 'rfc-v1' });
  expect([m.written_by_direct, m.direct_write_file_async, m.write_requests_by_direct]).toEqual([0, 0, 0]);
  expect(metric(m, 'direct_reclaims')).toBeGreaterThan(100);
  expect(metric(m, 'written_by_kswapd')).toBeGreaterThan(0);
});

/** Counts the stores that each page of each file has had. */
function countStores(engine: Engine): ReadonlyMap<string, number> {
  const stores = new Map<string, number>();
  const { call } = engine.kernel;
  const sysWrite: typeof call.sysWrite = (k, t, space, pos, length) => {
    const page = `${space.id} ${pos / 4096}`;
    stores.set(page, (stores.get(page) ?? 0) + 1);
    return call.sysWrite(k, t, space, pos, length);
  };
  Object.assign(engine.kernel, { call: { ...call, sysWrite } });
  return stores;
}

test.each(['v2.6.35-rc2', 'rfc-v1-p5', 'rfc-v1'])(
  'I7 no store is lost: every page is in memory or on disk in its last version: %s',
  (kernel) => {
    const engine = boot(seekyVsRange, { ...SMALL, kernel });
    const stores = countStores(engine);
    const lost = () => {
      const { m } = engine.kernel;
      let inFlight = 0;
      for (const [page, count] of stores) {
        const [space, index] = page.split(' ').map(Number) as [number, number];
        const pfn = pageAt(m.spaces[space]!, index);
        const version = pfn < 0 ? m.spaces[space]!.diskVersion[index]! : m.pages.version[pfn]!;
        expect(version).toBeLessThanOrEqual(count);
        if (version < count) inFlight++;
      }
      return inFlight;
    };
    for (let atS = 1; atS <= 12; atS++) {
      engine.advance(atS * S);
      expect(lost()).toBeLessThanOrEqual(3); // a store that its writer is still at, one per writer
    }
    // E35: the load all but ends, periodic writeback comes on: all but the last stores reach the disk in their last version.
    const turn = (path: string, value: number) =>
      expect(engine.input({ atNs: engine.nowNs, machine: 'both', path, value }).ok).toBe(true);
    turn('workload.stores_per_s', 1);
    turn('vm.dirty_writeback_centisecs', 500);
    turn('vm.dirty_expire_centisecs', 100);
    engine.advance(40 * S);
    const before = new Map(stores);
    engine.advance(55 * S);
    let drained = 0;
    for (const [page, count] of before) {
      if (stores.get(page) !== count) continue;
      const [space, index] = page.split(' ').map(Number) as [number, number];
      expect([page, engine.kernel.m.spaces[space]!.diskVersion[index]]).toEqual([page, count]);
      drained++;
    }
    console.log(
      `I7 ${kernel}: ${before.size} pages of files dirtied ${[...before.values()].reduce((sum, count) => sum + count, 0)} times, ${drained} on disk in their last version`,
    );
    expect(drained).toBeGreaterThan(1000);
  },
);
