import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskState, type DiskState } from '../../../machine/disk.ts';
import { below, createPrng } from '../../../sim/prng.ts';
import { Geometry } from './geometry.ts';
import { FIGURES_7200, hdd7200 } from './hdd-7200.ts';

const geometry = new Geometry(FIGURES_7200);

const TOTAL = 1953125000;
const TURN_MS = 25 / 3;
const plain = { totalSectors: TOTAL, trackBuffer: false, writeCacheSectors: 0 };
const buffered = { totalSectors: TOTAL, trackBuffer: true, writeCacheSectors: 0 };
const newDisk = (): DiskState => createDiskState();

interface Access {
  readonly write: boolean;
  readonly sector: number;
  readonly sectors: number;
}
/** Serves one after the other without a pause; answers the mean in ms. */
function meanMs(accesses: readonly Access[], options = plain): number {
  const disk = newDisk();
  let now = 0;
  for (const access of accesses) now += hdd7200.serve(disk, access, now, options);
  return now / accesses.length / 1e6;
}
/** At random places of `span` sectors. */
function scattered(count: number, span: number, write: boolean, from = 0): Access[] {
  const random = createPrng(1, 1);
  return Array.from({ length: count }, () => ({ write, sector: from + below(random, span / 8) * 8, sectors: 8 }));
}
function inARow(count: number, write: boolean, sectors: number): Access[] {
  return Array.from({ length: count }, (_, at) => ({ write, sector: at * sectors, sectors }));
}

test('G12 R7.11 seek times', () => {
  const table = [
    [1e-5, 1.029],
    [1e-4, 1.092],
    [1e-3, 1.298],
    [0.01, 1.995],
    [0.1, 4.682],
    [1 / 3, 8.904],
    [1, 18],
  ];
  for (const [stroke, ms] of table) expect(Math.abs(geometry.seekMs(stroke!) - ms!)).toBeLessThan(0.001);
  expect(geometry.seekMs(0)).toBe(0);
});

test('R7.11 the mean over random pairs is the datasheet’s 8.5 ms', () => {
  let sum = 0;
  for (let from = 0; from < 400; from++)
    for (let to = 0; to < 400; to++) sum += geometry.seekMs(Math.abs(from - to) / 400);
  expect(sum / 160000).toBeCloseTo(8.5, 1);
});

test('G13 R7.13 share of the capacity to stroke, and the rate there', () => {
  const table = [
    [0, 0, 125],
    [0.1, 0.0755, 120.1],
    [0.25, 0.1949, 112.3],
    [0.5, 0.4147, 98],
    [0.75, 0.6726, 81.3],
    [1, 1, 60],
  ];
  for (const [share, stroke, rate] of table) {
    expect(geometry.strokeOf(share!)).toBeCloseTo(stroke!, 4);
    expect(Math.round(geometry.rateOf(geometry.strokeOf(share!)) / 1e5) / 10).toBe(rate);
  }
});

test('R7.12 the angle is a function of time: the sector just passed costs a turn less what went by, a gap ahead only the gap', () => {
  const disk = newDisk();
  let now = hdd7200.serve(disk, { write: false, sector: 0, sectors: 8 }, 12345, plain) + 12345;
  const next = hdd7200.serve(disk, { write: false, sector: 8, sectors: 8 }, now, plain);
  expect([disk.seekNs, disk.rotateNs / 1e6]).toEqual([0, expect.closeTo(TURN_MS - 0.15, 3)]);
  now += next;
  hdd7200.serve(disk, { write: false, sector: 16 + 200, sectors: 8 }, now, plain);
  expect(disk.rotateNs / 1e6).toBeCloseTo((200 / 2034.5) * TURN_MS - 0.15, 2);
});

test('R7.10 R7.14 service is overhead, seek, rotation and transfer; the overhead passes first', () => {
  const disk = newDisk();
  const serviceNs = hdd7200.serve(disk, { write: false, sector: 8e8, sectors: 256 }, 1e9, plain);
  expect(serviceNs).toBe(150e3 + disk.seekNs + disk.rotateNs + disk.transferNs);
  expect(disk.headSector).toBe(8e8 + 256);
});

test('R7.11 a write settles 1 ms longer after a seek, and not without one', () => {
  const at = (write: boolean, sector: number) => {
    const disk = newDisk();
    hdd7200.serve(disk, { write, sector, sectors: 8 }, 0, plain);
    return disk.seekNs;
  };
  expect(at(true, 1e9) - at(false, 1e9)).toBe(1e6);
  expect([at(true, 4000), at(false, 4000)]).toEqual([0, 0]); // same cylinder: the second of its four tracks
  expect(at(true, 40000)).toBeGreaterThan(2e6);
});

test('R7.17 random 4 KiB over the whole disk: a read 12.9 ms, a write 13.9 ms', () => {
  expect(Math.abs(meanMs(scattered(4000, TOTAL - 8, false)) - 12.9)).toBeLessThan(0.3);
  expect(Math.abs(meanMs(scattered(4000, TOTAL - 8, true)) - 13.9)).toBeLessThan(0.3);
});

test('R7.17 random within 1 GiB: about 5.7 ms', () => {
  expect(Math.abs(meanMs(scattered(4000, 2 ** 21, false, 1e8)) - 5.7)).toBeLessThan(0.3);
});

test('R7.17 R7.16 512 KiB writes in a row: nearly a turn is lost each, 41 MB/s; the write cache is off', () => {
  const rate = 524288 / meanMs(inARow(200, true, 1024)) / 1000;
  expect(rate).toBeGreaterThan(40);
  expect(rate).toBeLessThan(43);
});

test('R7.15 R7.17 reads in a row run at the media’s rate with the track buffer, at a third of it without', () => {
  for (const sectors of [64, 256, 1024]) {
    const count = Math.round(200000 / sectors);
    const rate = (sectors * 512) / meanMs(inARow(count, false, sectors), buffered) / 1000;
    expect(rate).toBeGreaterThan(sectors === 64 ? 95 : 120);
    expect(rate).toBeLessThanOrEqual(126);
    expect((sectors * 512) / meanMs(inARow(count, false, sectors)) / 1000).toBeLessThan(45);
  }
});

test('R7.15 256 KiB are read ahead and no more, and a write or a read elsewhere throws them away', () => {
  const readAt = (between: Access | undefined, sector: number) => {
    const disk = newDisk();
    let now = hdd7200.serve(disk, { write: false, sector: 0, sectors: 8 }, 0, buffered);
    if (between !== undefined) now += hdd7200.serve(disk, between, now, buffered);
    now += 1e9;
    return hdd7200.serve(disk, { write: false, sector, sectors: 8 }, now, buffered);
  };
  const wireNs = 150e3 + Math.round((8 * 512) / 0.3);
  expect([readAt(undefined, 8), readAt(undefined, 512)]).toEqual([wireNs, wireNs]);
  for (const miss of [readAt(undefined, 516), readAt(undefined, 0)]) expect(miss).not.toBe(wireNs);
  for (const write of [true, false]) expect(readAt({ write, sector: 1e6, sectors: 8 }, 8)).not.toBe(wireNs);
});

test('I15 R7.10 whole nanoseconds, never negative, the head ends behind the request', () => {
  const access = fc.record({
    write: fc.boolean(),
    sector: fc.oneof(fc.integer({ min: 0, max: TOTAL - 1024 }), fc.integer({ min: 0, max: 4096 })),
    sectors: fc.integer({ min: 1, max: 128 }).map((pages) => pages * 8),
    pauseNs: fc.integer({ min: 0, max: 2e7 }),
  });
  fc.assert(
    fc.property(fc.boolean(), fc.array(access), (trackBuffer, run) => {
      const disk = newDisk();
      let now = 1e13;
      for (const one of run) {
        now += one.pauseNs;
        const serviceNs = hdd7200.serve(disk, one, now, { totalSectors: TOTAL, trackBuffer, writeCacheSectors: 0 });
        expect(Number.isInteger(serviceNs) && serviceNs > 150e3).toBe(true);
        expect(serviceNs).toBe(150e3 + disk.seekNs + disk.rotateNs + disk.transferNs);
        expect(disk.seekNs >= 0 && disk.rotateNs >= 0 && disk.rotateNs <= 8333334 && disk.transferNs > 0).toBe(true);
        expect(disk.headSector).toBe(one.sector + one.sectors);
        now += serviceNs;
      }
    }),
  );
});
