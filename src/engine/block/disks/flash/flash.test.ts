import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskState, type DeviceDriver } from '../../../machine/disk.ts';
import { ssdCheap } from './ssd-cheap.ts';
import { ssd80, ssd160 } from './ssd-x25m.ts';
import { usbStick } from './usb-stick.ts';

const plain = { totalSectors: 3e8, trackBuffer: false, writeCacheSectors: 0 };

/** Requests a second with `depth` of them always in the drive. */
function perS(device: DeviceDriver, depth: number, write: boolean, sectors = 8): number {
  const disk = createDiskState();
  const doneNs: number[] = [];
  let now = 0;
  const count = 2000;
  for (let n = 0; n < count; n++) {
    if (doneNs.length === depth) now = doneNs.shift()!;
    const place = write && device === ssdCheap ? n : (n * 7919) % 100000;
    doneNs.push(now + device.serve(disk, { write, sector: place * sectors, sectors }, now, plain));
    doneNs.sort((left, right) => left - right);
  }
  return (count * 1e9) / Math.max(...doneNs);
}
const megabytes = (device: DeviceDriver, write: boolean) => (perS(device, 1, write, 1024) * 524288) / 1e6;

test('R7.18 one at a time: 65 µs or 85 µs and the size at 250, 70 or 100 MB/s, wherever it lies', () => {
  const alone = (device: DeviceDriver, write: boolean, sector: number) =>
    device.serve(createDiskState(), { write, sector, sectors: 8 }, 1e9, plain);
  for (const sector of [0, 1e8]) {
    expect(alone(ssd80, false, sector)).toBe(65000 + 16384);
    expect(alone(ssd80, true, sector)).toBe(85000 + 58514);
    expect(alone(ssd160, true, sector)).toBe(85000 + 40960);
  }
  expect([megabytes(ssd80, true), megabytes(ssd160, true), megabytes(ssd80, false)].map(Math.round)).toEqual([
    69, 98, 242,
  ]);
});

test('R7.18 with ten requests in it 35 000 random reads a second; writes stay at what one at a time gives', () => {
  expect(perS(ssd80, 1, false)).toBeCloseTo(12288, -2);
  expect(perS(ssd80, 10, false) / 35000).toBeCloseTo(1, 1);
  for (const [device, datasheet] of [
    [ssd80, 6600],
    [ssd160, 8600],
  ] as const) {
    expect(perS(device, 10, true)).toBeCloseTo(perS(device, 1, true), 6);
    expect(Math.abs(perS(device, 10, true) / datasheet - 1)).toBeLessThan(0.1);
  }
  // Large reads are held up by the data itself, not by the controller.
  expect((perS(ssd80, 10, false, 1024) * 524288) / 1e6).toBeCloseTo(250, -1);
});

test('R7.19 the cheap one: a scattered write pauses 2 to 20 ms, evenly spread; one that goes on does not', () => {
  const disk = createDiskState();
  const pauses: number[] = [];
  for (let n = 0; n < 1000; n++) {
    const at = { write: true, sector: ((n * 7919) % 100000) * 16, sectors: 8 };
    const first = ssdCheap.serve(disk, at, n * 1e9, plain);
    const next = ssdCheap.serve(disk, { ...at, sector: at.sector + 8 }, n * 1e9 + 5e8, plain);
    expect(next).toBe(200e3 + 51200);
    pauses.push((first - next) / 1e6);
  }
  pauses.shift(); // sector 0 is where a fresh drive stands
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(20);
  expect(pauses.reduce((sum, ms) => sum + ms, 0) / pauses.length).toBeCloseTo(11, 1);
  expect(megabytes(ssdCheap, true)).toBeGreaterThan(75);
});

test('R7.19 the USB stick writes 5 to 6 MB/s', () => {
  expect(megabytes(usbStick, true)).toBeGreaterThan(5);
  expect(megabytes(usbStick, true)).toBeLessThan(6);
});

test('R7.18 I15 whole nanoseconds, and in each direction requests end in the order they came', () => {
  const access = fc.record({ write: fc.boolean(), page: fc.nat(1e6), pages: fc.integer({ min: 1, max: 128 }) });
  fc.assert(
    fc.property(fc.constantFrom(ssd80, ssd160, ssdCheap, usbStick), fc.array(access), (device, run) => {
      const disk = createDiskState();
      const lastNs = [0, 0];
      run.forEach(({ write, page, pages }, at) => {
        const now = at * 20000;
        const doneNs = now + device.serve(disk, { write, sector: page * 8, sectors: pages * 8 }, now, plain);
        expect(Number.isInteger(doneNs)).toBe(true);
        expect(doneNs).toBeGreaterThan(Math.max(now, lastNs[Number(write)]!));
        lastNs[Number(write)] = doneNs;
      });
    }),
  );
});
