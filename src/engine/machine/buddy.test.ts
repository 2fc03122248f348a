import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Buddy, createBuddy, MAX_ORDER } from './buddy.ts';
import { createPageColumns, NONE, PageTable } from './page-table.ts';

function emptyBuddy(count: number): { buddy: Buddy; pages: PageTable } {
  const pages = new PageTable(createPageColumns(count));
  return { buddy: new Buddy(createBuddy(), pages), pages };
}
/** First pages of the free blocks of one order, list head first. */
function blocksOf({ buddy, pages }: ReturnType<typeof emptyBuddy>, order: number): number[] {
  const found: number[] = [];
  for (let pfn = buddy.state.heads[order]!; pfn !== NONE; pfn = pages.columns.next[pfn]!) found.push(pfn);
  return found;
}

test('R2.2 a fresh block is handed out in ascending order of pfn', () => {
  const { buddy } = emptyBuddy(16);
  buddy.free(0, 4);

  expect(Array.from({ length: 16 }, () => buddy.alloc(0))).toEqual(Array.from({ length: 16 }, (_, pfn) => pfn));
  expect(buddy.alloc(0)).toBe(NONE);
});

test('R2.2 the upper halves of a split go to the heads of the lower lists', () => {
  const zone = emptyBuddy(16);
  zone.buddy.free(0, 4);

  expect(zone.buddy.alloc(1)).toBe(0);
  expect([0, 1, 2, 3, 4].map((order) => blocksOf(zone, order))).toEqual([[], [2], [4], [8], []]);
});

test('R2.2 the first non-empty order is taken, at its head', () => {
  const zone = emptyBuddy(32);
  for (const pfn of [0, 4, 8]) zone.buddy.free(pfn, 1);

  expect(zone.buddy.alloc(0)).toBe(8);
  expect(zone.buddy.alloc(1)).toBe(4);
});

test('R2.3 freed buddies merge up to the whole', () => {
  const zone = emptyBuddy(8);
  for (const pfn of [0, 1, 2, 3, 4, 5, 6, 7]) zone.buddy.free(pfn, 0);

  expect([0, 1, 2, 3].map((order) => blocksOf(zone, order))).toEqual([[], [], [], [0]]);
  expect(zone.buddy.freePages).toBe(8);
});

test('R2.3 no merging beyond order 10', () => {
  const zone = emptyBuddy(4096);
  for (let pfn = 0; pfn < 4096; pfn++) zone.buddy.free(pfn, 0);

  expect(blocksOf(zone, 10).length).toBe(4);
});

test('R2.3 a freed block goes to the head, but to the tail when its next-higher buddy is free', () => {
  const zone = emptyBuddy(32);
  zone.buddy.free(16, 0);
  zone.buddy.free(20, 0);
  expect(blocksOf(zone, 0)).toEqual([20, 16]);

  zone.buddy.free(2, 1); // the higher buddy of page 0
  zone.buddy.free(0, 0);
  expect(blocksOf(zone, 0)).toEqual([20, 16, 0]);
});

test('I2 freeing a page twice, or a block that is not aligned, is caught', () => {
  const { buddy } = emptyBuddy(8);
  buddy.free(0, 0);

  expect(() => buddy.free(0, 0)).toThrow('I2');
  expect(() => buddy.free(3, 1)).toThrow('I2');
});

/** The obvious allocator: lists of first pages per order, an array each; merging looks everything up. */
class Slow {
  readonly lists: number[][] = Array.from({ length: MAX_ORDER }, () => []);

  alloc(order: number): number {
    const from = this.lists.findIndex((list, at) => at >= order && list.length > 0);
    if (from < 0) return NONE;
    const pfn = this.lists[from]!.shift()!;
    for (let at = from - 1; at >= order; at--) this.lists[at]!.unshift(pfn + 2 ** at);
    return pfn;
  }

  free(pfn: number, order: number): void {
    const buddyOf = (block: number, at: number) =>
      Math.floor(block / 2 ** at) % 2 === 0 ? block + 2 ** at : block - 2 ** at;
    while (order < MAX_ORDER - 1 && this.lists[order]!.includes(buddyOf(pfn, order))) {
      const buddy = buddyOf(pfn, order);
      this.lists[order]!.splice(this.lists[order]!.indexOf(buddy), 1);
      pfn = Math.min(pfn, buddy);
      order++;
    }
    const parent = Math.floor(pfn / 2 ** (order + 1)) * 2 ** (order + 1);
    const mergesSoon = order < MAX_ORDER - 2 && this.lists[order + 1]!.includes(buddyOf(parent, order + 1));
    if (mergesSoon) this.lists[order]!.push(pfn);
    else this.lists[order]!.unshift(pfn);
  }
}

test('R2.1 R2.2 R2.3 I2 property: the buddy allocator does what the obvious lists do', () => {
  const action = fc.record({ alloc: fc.boolean(), order: fc.nat({ max: 4 }), which: fc.nat() });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
      const real = emptyBuddy(64);
      const slow = new Slow();
      for (const zone of [real.buddy, slow]) for (let pfn = 63; pfn >= 0; pfn--) zone.free(pfn, 0);
      const held: [number, number][] = [];
      for (const { alloc, order, which } of actions) {
        if (alloc) {
          const pfn = real.buddy.alloc(order);
          expect(pfn).toBe(slow.alloc(order));
          if (pfn !== NONE) held.push([pfn, order]);
        } else if (held.length > 0) {
          const [[pfn, size]] = held.splice(which % held.length, 1) as [[number, number]];
          real.buddy.free(pfn, size);
          slow.free(pfn, size);
        }
        for (let at = 0; at < MAX_ORDER; at++) expect(blocksOf(real, at)).toEqual(slow.lists[at]);
        const free = slow.lists.reduce((sum, list, at) => sum + list.length * 2 ** at, 0);
        expect(real.buddy.freePages).toBe(free);
      }
    }),
    { numRuns: 60 },
  );
});
