import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../sim/prng.ts';
import { NONE } from './page-table.ts';
import {
  allocSwapSlot,
  createSwapMap,
  freeSlotIfUnused,
  type SwapMap,
  startAnywhere,
  swapFull,
  swapSector,
} from './swap-map.ts';

function take(map: SwapMap): number {
  const slot = allocSwapSlot(map);
  if (slot !== NONE) map.users[slot] = 1;
  return slot;
}
function give(map: SwapMap, slot: number): void {
  map.users[slot] = 0;
  freeSlotIfUnused(map, slot);
}
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

test('R4.8 slots go out one after the other from slot 1: what is swapped out together is contiguous on disk', () => {
  const map = createSwapMap(1024, 0, 5000);

  expect(Array.from({ length: 300 }, () => take(map))).toEqual(range(1, 300));
  expect(swapSector(map, 300)).toBe(5000 + 300 * 8);
});

test('R4.8 after 256 slots the search starts at the lowest free slot: a freed run of 256 there is taken', () => {
  const map = createSwapMap(2048, 0, 0);
  for (let at = 0; at < 512; at++) take(map); // slots 1–512: two clusters
  for (const slot of range(1, 256)) give(map, slot);

  expect(take(map)).toBe(1);
});

test('R4.8 a run of 255 is passed over for one of 256', () => {
  const map = createSwapMap(2048, 0, 0);
  for (let at = 0; at < 512; at++) take(map);
  for (const slot of range(2, 256)) give(map, slot);

  expect(take(map)).toBe(513);
});

test('R4.8 within a cluster used slots are stepped over', () => {
  const map = createSwapMap(1024, 0, 0);
  take(map);
  map.users[2] = 1;
  map.freeSlots--;

  expect([take(map), take(map)]).toEqual([3, 4]);
});

test('R4.8 at least 256 free but no run of 256: first free from the lowest', () => {
  const map = createSwapMap(1025, 0, 0);
  for (let at = 0; at < 1024; at++) take(map);
  for (let slot = 2; slot < 1024; slot += 2) give(map, slot);
  map.clusterNr = 0;
  map.clusterNext = 900;

  expect(take(map)).toBe(2);
});

test('R4.8 fewer than 256 free: first free from cluster_next', () => {
  const map = createSwapMap(200, 0, 0);
  for (let at = 0; at < 50; at++) take(map);
  for (const slot of range(1, 20)) give(map, slot);
  map.clusterNr = 0;

  expect(take(map)).toBe(51);
});

test('R4.8 the search wraps at highest_bit to the slot after lowest_bit', () => {
  const map = createSwapMap(100, 0, 0);
  for (let at = 0; at < 99; at++) take(map);
  for (const slot of [5, 7, 9]) give(map, slot);
  map.clusterNext = 50;

  expect([take(map), take(map)]).toEqual([7, 9]);
});

test('R4.8 a full map has no slot to give', () => {
  const map = createSwapMap(4, 0, 0);

  expect([take(map), take(map), take(map), take(map)]).toEqual([1, 2, 3, NONE]);
  expect(take(createSwapMap(0, 0, 0))).toBe(NONE);
});

test('R4.8 swap is full from more than half used on', () => {
  const map = createSwapMap(100, 0, 0);
  for (let at = 0; at < 49; at++) take(map);
  expect(swapFull(map)).toBe(false); // 50 of 99 are free
  take(map);
  expect(swapFull(map)).toBe(true);
});

/** The rule in its own words, over the sorted list of free slots. */
class Slow {
  free = range(1, 599);
  private next = 1;
  private left = 0;

  take(lowestBit: number): number {
    if (this.free.length === 0) return NONE;
    if (this.left-- === 0) {
      this.left = 255;
      const run = this.free.find((slot, at) => this.free[at + 255] === slot + 255);
      if (this.free.length >= 256) this.next = run ?? this.free[0]!;
    }
    const firstFrom = (least: number) => this.free.find((slot) => slot >= least);
    const slot = firstFrom(this.next) ?? firstFrom(lowestBit + 1) ?? this.free[0]!;
    this.next = slot + 1;
    this.free = this.free.filter((one) => one !== slot);
    return slot;
  }
}

test('R4.8 I9 property: slots go out as the rule says, whatever was freed before', () => {
  const round = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat({ max: 300 }));
  fc.assert(
    fc.property(fc.array(round, { maxLength: 12 }), (rounds) => {
      const map = createSwapMap(600, 0, 0);
      const slow = new Slow();
      const used: number[] = [];
      for (const [takes, seed, gives] of rounds) {
        for (let at = 0; at < takes; at++) {
          const expected = slow.take(map.lowestBit);
          const slot = take(map);
          expect(slot).toBe(expected);
          if (slot !== NONE) used.push(slot);
        }
        for (let at = 0; at < gives && used.length > 0; at++) {
          const [slot] = used.splice((seed + at * 7919) % used.length, 1);
          give(map, slot!);
          slow.free = [...slow.free, slot!].sort((left, right) => left - right);
        }
        expect(map.freeSlots).toBe(slow.free.length);
      }
    }),
    { numRuns: 40 },
  );
});

/** Swap on a disk where seeks are cheap. */
function onFlash(slots: number, seed: number): SwapMap {
  const map = createSwapMap(slots, 0, 0);
  startAnywhere(map, createPrng(seed, 0));
  return map;
}

test('R4.8 SSD: swap starts at a slot drawn from the seed, and goes on from there', () => {
  const firsts = [1, 2, 3, 4, 5].map((seed) => {
    const map = onFlash(65536, seed);
    const first = take(map);
    expect(Array.from({ length: 700 }, () => take(map))).toEqual(range(first + 1, first + 700));
    return first;
  });
  expect(new Set(firsts).size).toBe(5);
  expect(take(onFlash(65536, 1))).toBe(firsts[0]);
});

test('R4.8 SSD: a new cluster is searched from the current position, not from the lowest free slot', () => {
  const map = onFlash(4096, 1);
  map.clusterNext = 1000;
  for (let at = 0; at < 256; at++) expect(take(map)).toBe(1000 + at);
  expect(take(map)).toBe(1256); // slots 1–999 are free all the while
});

test('R4.8 SSD: at the end of the area the search wraps to the lowest free slot', () => {
  const map = onFlash(2048, 1);
  map.clusterNext = 1700;
  for (let at = 0; at < 256; at++) take(map);
  expect(take(map)).toBe(1); // only 92 slots are left behind slot 1955
});

test('R4.8 SSD: at least 256 free but no run of 256: first free from cluster_next', () => {
  const map = onFlash(1025, 1);
  for (let at = 0; at < 1024; at++) take(map);
  for (let slot = 2; slot < 1024; slot += 2) give(map, slot);
  map.clusterNr = 0;
  map.clusterNext = 901;
  expect(take(map)).toBe(902);
});
