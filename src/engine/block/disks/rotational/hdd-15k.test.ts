import { expect, test } from 'vitest';
import { createDiskState } from '../../../machine/disk.ts';
import { below, createPrng } from '../../../sim/prng.ts';
import { hdd15k } from './hdd-15k.ts';

const TOTAL = 600e6;
const plain = { totalSectors: TOTAL, trackBuffer: false, writeCacheSectors: 0 };

function means(write: boolean): { serviceMs: number; seekMs: number; rotateMs: number } {
  const disk = createDiskState();
  const random = createPrng(1, 1);
  const sums = { serviceMs: 0, seekMs: 0, rotateMs: 0 };
  let now = 0;
  for (let n = 0; n < 4000; n++) {
    const sector = below(random, TOTAL / 8 / 64) * 512;
    const serviceNs = hdd15k.serve(disk, { write, sector, sectors: 8 }, now, plain);
    now += serviceNs;
    sums.serviceMs += serviceNs / 4e9;
    sums.seekMs += disk.seekNs / 4e9;
    sums.rotateMs += disk.rotateNs / 4e9;
  }
  return sums;
}

test('R7.11 R7.12 a 15 000 rpm disk through the same formulas: half a turn is 2 ms, the mean seek the datasheet’s 3.4 ms', () => {
  const read = means(false);
  expect(Math.abs(read.rotateMs - 2)).toBeLessThan(0.05);
  expect(Math.abs(read.seekMs - 3.4)).toBeLessThan(0.1);
  expect(Math.abs(read.serviceMs - 5.6)).toBeLessThan(0.1);
  expect(means(true).seekMs - read.seekMs).toBeCloseTo(0.5, 1);
});
