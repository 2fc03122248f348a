import { expect, test } from 'vitest';
import { watermarksOf, zoneWatermarkOk } from './zone.ts';

const PAGES_PER_MIB = 256;
const zone = (freePages: number, nrFree: readonly number[] = []) => ({
  freePages,
  blocks: Int32Array.from({ length: 11 }, (_, order) => nrFree[order] ?? 0),
});

test.each([
  [64, 256, 320, 384],
  [128, 362, 452, 543],
  [256, 512, 640, 768],
  [512, 724, 905, 1086],
  [1024, 1024, 1280, 1536],
  [2048, 1448, 1810, 2172],
])('R1.4 R1.5 %i MiB: min %i, low %i, high %i', (mib, min, low, high) => {
  expect(watermarksOf(mib * PAGES_PER_MIB, 4096)).toEqual({ min, low, high });
});

test('R1.4 min_free_kbytes is at least 128 and at most 65536', () => {
  expect(watermarksOf(1, 4096).min).toBe(32);
  expect(watermarksOf(2 ** 30, 4096).min).toBe(16384);
});

test('I17 min ≤ low ≤ high for every size', () => {
  for (let pages = 1; pages < 1 << 20; pages = Math.ceil(pages * 1.07)) {
    const { min, low, high } = watermarksOf(pages, 4096);
    expect(min <= low && low <= high).toBe(true);
  }
});

test('G1 R1.6 order 0 at LOW 320: 321 free pass, 320 fail', () => {
  expect(zoneWatermarkOk(zone(321), 0, 320)).toBe(true);
  expect(zoneWatermarkOk(zone(320), 0, 320)).toBe(false);
});

test.each([
  ['ALLOC_HIGH', { allocHigh: true }, 128],
  ['HIGH + HARDER (GFP_ATOMIC)', { allocHigh: true, allocHarder: true }, 96],
  ['HARDER', { allocHarder: true }, 192],
  ['no flag', {}, 256],
])('G1 R1.6 MIN 256 with %s: the mark is %j → %i', (_name, flags, mark) => {
  expect(zoneWatermarkOk(zone(mark + 1), 0, 256, flags)).toBe(true);
  expect(zoneWatermarkOk(zone(mark), 0, 256, flags)).toBe(false);
});

test('G2 R1.6 order 3 at MIN 256, free 400: 100, 50, 20 small blocks pass', () => {
  expect(zoneWatermarkOk(zone(400, [100, 50, 20]), 3, 256)).toBe(true);
});

test('G2 R1.6 with 300 free single pages it fails at the first halving: 93 ≤ 128', () => {
  expect(zoneWatermarkOk(zone(400, [300, 50, 20]), 3, 256)).toBe(false);
});

test.each([
  [[264, 0, 0], true],
  [[265, 0, 0], false], // 393 − 265 = 128, not more than 128
  [[100, 114, 0], true],
  [[100, 115, 0], false], // 293 − 230 = 63
  [[100, 50, 40], true],
  [[100, 50, 41], false], // 193 − 164 = 29
])('R1.6 each order must leave strictly more than half the mark before: %j → %s', (nrFree, passes) => {
  expect(zoneWatermarkOk(zone(400, nrFree), 3, 256)).toBe(passes);
});
