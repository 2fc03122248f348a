import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskState, type DiskRequest, type DiskState } from '../../../machine/disk.ts';
import { below, createPrng } from '../../../sim/prng.ts';
import { Geometry } from './geometry.ts';
import { FIGURES_7200, hdd7200 } from './hdd-7200.ts';

const TOTAL = 1953125000;
const MIB = 2048;
const OVERHEAD_NS = 150e3;
const wireNs = (sectors: number) => Math.round((sectors * 512) / 0.3);
const cached = (mib: number) => ({ totalSectors: TOTAL, trackBuffer: false, writeCacheSectors: mib * MIB });

/** Serves one after the other without a pause; answers the time of each. */
function serveAll(disk: DiskState, requests: readonly DiskRequest[], mib: number): number[] {
  let now = 0;
  return requests.map((request) => {
    const serviceNs = hdd7200.serve(disk, request, now, cached(mib));
    now += serviceNs;
    return serviceNs;
  });
}
const inARow = (count: number, sectors: number): DiskRequest[] =>
  Array.from({ length: count }, (_, at) => ({ write: true, sector: at * sectors, sectors }));

test('R7.16 while there is room a write costs the overhead and the interface, wherever it goes', () => {
  const random = createPrng(1, 1);
  const writes = Array.from({ length: 1000 }, () => ({ write: true, sector: below(random, 2e6) * 8, sectors: 8 }));
  expect(new Set(serveAll(createDiskState(), writes, 32))).toEqual(new Set([OVERHEAD_NS + wireNs(8)]));
});

test('R7.16 R7.17 a stream of 512 KiB writes runs at the interface until 32 MiB are held, then at the media’s 125 MB/s', () => {
  const times = serveAll(createDiskState(), inARow(600, 1024), 32);
  const fast = times.filter((ns) => ns === OVERHEAD_NS + wireNs(1024)).length;
  expect(fast).toBeGreaterThanOrEqual(64); // more than the 64 that fit: it empties meanwhile
  const last = times.slice(-200);
  const rate = (200 * 524288) / (last.reduce((sum, ns) => sum + ns, 0) / 1e3);
  expect(rate).toBeGreaterThan(122);
  expect(rate).toBeLessThanOrEqual(125);
});

test('R7.16 R7.17 a full cache takes scattered writes only as fast as the mechanism puts them away, though in its own order', () => {
  const random = createPrng(2, 1);
  const writes = Array.from({ length: 3000 }, () => ({ write: true, sector: below(random, 2e6) * 8, sectors: 8 }));
  const perS = (mib: number) => {
    const last = serveAll(createDiskState(), writes, mib).slice(-1000);
    return 1e12 / last.reduce((sum, ns) => sum + ns, 0);
  };
  const without = perS(0);
  const withCache = perS(4);
  expect(withCache).toBeGreaterThan(1.5 * without);
  expect(withCache).toBeLessThan(10 * without);
});

test('R7.16 the run that goes to the platter is the one with the shortest positioning time', () => {
  const geometry = new Geometry(FIGURES_7200);
  const tracks = geometry.tracksOf(TOTAL);
  const disk = createDiskState();
  const random = createPrng(3, 1);
  const writes = Array.from({ length: 120 }, () => ({ write: true, sector: below(random, 1e6) * 1500, sectors: 16 }));
  serveAll(disk, writes, 32);
  while (disk.cacheStart.length > 0) {
    const beginNs = disk.mechanismFreeNs;
    const here = geometry.strokeOf(disk.headSector / TOTAL);
    const costs = disk.cacheStart.map((start) => {
      const stroke = geometry.strokeOf(start / TOTAL);
      const seekNs = geometry.seekNs(geometry.distance(here, stroke, tracks), true);
      return seekNs + geometry.rotationNs(stroke, tracks, beginNs + seekNs);
    });
    const before = [...disk.cacheStart];
    hdd7200.goOn(disk, beginNs, cached(32));
    const taken = before.findIndex((start) => !disk.cacheStart.includes(start));
    expect(costs[taken]).toBe(Math.min(...costs));
  }
});

test('R7.16 a read waits for the piece under way, and is served from the cache if all of it is there', () => {
  const disk = createDiskState();
  serveAll(disk, [{ write: true, sector: 1e9, sectors: 1024 }, ...inARow(20, 1024)], 32);
  const now = 40e6;
  const hit = hdd7200.serve({ ...disk }, { write: false, sector: 8 * 1024, sectors: 8 }, now, cached(32));
  expect(hit).toBe(OVERHEAD_NS + wireNs(8));
  const busyUntilNs = disk.mechanismFreeNs;
  expect(busyUntilNs).toBeGreaterThan(now + OVERHEAD_NS);
  const miss = hdd7200.serve(disk, { write: false, sector: 5e8, sectors: 8 }, now, cached(32));
  expect(miss).toBe(busyUntilNs - now + disk.seekNs + disk.rotateNs + disk.transferNs);
});

test('R7.16 turned off while it holds something it still empties, and a write ends on the platter', () => {
  const disk = createDiskState();
  serveAll(disk, inARow(8, 1024), 32);
  const serviceNs = hdd7200.serve(disk, { write: true, sector: 1e9, sectors: 8 }, 20e6, cached(0));
  expect(serviceNs).toBeGreaterThan(OVERHEAD_NS + wireNs(8));
  let now = 20e6 + serviceNs;
  for (let due = now; due < Infinity; due = hdd7200.goOn(disk, now, cached(0))) now = due;
  expect([disk.cachedSectors, disk.cacheStart]).toEqual([0, []]);
});

test('R7.16 I15 the cache is a set of sectors: nothing is lost, held twice or above its size, and time never goes back', () => {
  const step = fc.record({
    write: fc.boolean(),
    page: fc.integer({ min: 0, max: 900 }),
    pages: fc.integer({ min: 1, max: 128 }),
    pauseNs: fc.constantFrom(0, 0, 1e5, 7e6, 1e8),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (run) => {
      const disk = createDiskState();
      let now = 0;
      let written = 0;
      let mostNs = 0;
      for (const { write, page, pages, pauseNs } of run) {
        now += pauseNs;
        hdd7200.goOn(disk, now, cached(1));
        const request = { write, sector: page * 8, sectors: pages * 8 };
        const serviceNs = hdd7200.serve(disk, request, now, cached(1));
        expect(Number.isInteger(serviceNs) && serviceNs > OVERHEAD_NS).toBe(true);
        now += serviceNs;
        if (write) written += pages * 8;
        const held = disk.cacheStart.reduce((sum, start, at) => sum + disk.cacheEnd[at]! - start, 0);
        expect(disk.cachedSectors).toBe(held);
        expect(held + disk.destagingSectors).toBeLessThanOrEqual(MIB);
        expect(held).toBeLessThanOrEqual(written);
        for (let at = 0; at < disk.cacheStart.length; at++) {
          expect(disk.cacheStart[at]!).toBeLessThan(disk.cacheEnd[at]!);
          if (at > 0) expect(disk.cacheStart[at]!).toBeGreaterThan(disk.cacheEnd[at - 1]!);
        }
        if (write) expect(disk.cachedSectors + disk.destagingSectors).toBeGreaterThan(0);
        expect(disk.mechanismFreeNs).toBeGreaterThanOrEqual(mostNs);
        mostNs = disk.mechanismFreeNs;
      }
    }),
  );
});
