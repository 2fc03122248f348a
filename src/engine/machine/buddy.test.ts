import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootMemory } from './boot-memory.ts';
import { Buddy, createBuddy, freeList, MAX_ORDER } from './buddy.ts';
import { GFP_KERNEL, GFP_RECLAIMABLE, GFP_USER } from './gfp.ts';
import { FALLBACKS, MOVABLE, migrateTypeOf, NR_TYPES, RECLAIMABLE, RESERVE, UNMOVABLE } from './migrate-type.ts';
import { createPageColumns, NONE } from './page-columns.ts';
import { PageTable } from './page-table.ts';

function emptyBuddy(count: number, pageblockOrder?: number): { buddy: Buddy; pages: PageTable } {
  const pages = new PageTable(createPageColumns(count));
  return { buddy: new Buddy(createBuddy(count, pageblockOrder), pages), pages };
}
type Zone = ReturnType<typeof emptyBuddy>;
/** First pages of the free blocks of one order and type, list head first. */
function blocksOf({ buddy, pages }: Zone, order: number, type = MOVABLE): number[] {
  const found: number[] = [];
  for (let pfn = buddy.state.heads[freeList(type, order)]!; pfn !== NONE; pfn = pages.columns.next[pfn]!)
    found.push(pfn);
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

const typesOf = ({ buddy }: Zone) => [...buddy.state.blockTypes];

test('R2.1 R2.6 the type of a request: page cache and anon memory are movable, kernel objects are not', () => {
  expect([GFP_USER, GFP_KERNEL, GFP_KERNEL | GFP_RECLAIMABLE].map(migrateTypeOf)).toEqual([
    MOVABLE,
    UNMOVABLE,
    RECLAIMABLE,
  ]);
});

test('R2.3 a freed block goes to the list of its pageblock, and merging ignores types', () => {
  const zone = emptyBuddy(16, 3);
  zone.buddy.state.blockTypes.set([UNMOVABLE, MOVABLE]);
  for (let pfn = 0; pfn < 15; pfn++) zone.buddy.free(pfn, 0);
  expect([blocksOf(zone, 3, UNMOVABLE), blocksOf(zone, 2, MOVABLE)]).toEqual([[0], [8]]);

  zone.buddy.free(15, 0); // merges over both pageblocks: the type of the page just freed
  expect([blocksOf(zone, 4, UNMOVABLE), blocksOf(zone, 4, MOVABLE)]).toEqual([[], [0]]);
});

test('R2.4 the largest donor block is taken; of a whole pageblock or more all pageblocks change owner', () => {
  const zone = emptyBuddy(32, 3);
  zone.buddy.free(0, 4);
  zone.buddy.free(16, 3);

  expect(zone.buddy.alloc(0, UNMOVABLE)).toBe(0);
  expect(typesOf(zone)).toEqual([UNMOVABLE, UNMOVABLE, MOVABLE, MOVABLE]);
  expect([0, 1, 2, 3].map((order) => blocksOf(zone, order, UNMOVABLE))).toEqual([[1], [2], [4], [8]]);
  expect(blocksOf(zone, 3)).toEqual([16]);
});

test('R2.4 a large piece is taken over with all that is free around it; the pageblock only if half of it is free', () => {
  const half = emptyBuddy(16, 3);
  for (const pfn of [0, 2, 4, 5]) half.buddy.free(pfn, 0);
  expect(half.buddy.alloc(0, UNMOVABLE)).toBe(4);
  expect(typesOf(half)).toEqual([UNMOVABLE, MOVABLE]); // 4 of 8 pages, the stolen block counted
  expect(blocksOf(half, 0, UNMOVABLE)).toEqual([5, 2, 0]); // moved to the heads, ascending

  const less = emptyBuddy(16, 3);
  for (const pfn of [0, 4, 5]) less.buddy.free(pfn, 0);
  expect(less.buddy.alloc(0, UNMOVABLE)).toBe(4);
  expect(typesOf(less)).toEqual([MOVABLE, MOVABLE]);
  expect(blocksOf(less, 0, UNMOVABLE)).toEqual([5, 0]);
});

test('R2.4 a small piece leaves its remainder with the donor, unless the requester is RECLAIMABLE', () => {
  const polite = emptyBuddy(1024, 9);
  for (const pfn of [0, 16]) polite.buddy.free(pfn, 3); // order 3 is below pageblock_order / 2
  expect(polite.buddy.alloc(0, UNMOVABLE)).toBe(16);
  expect([0, 1, 2].map((order) => blocksOf(polite, order, MOVABLE))).toEqual([[17], [18], [20]]);

  const greedy = emptyBuddy(1024, 9);
  for (const pfn of [0, 16]) greedy.buddy.free(pfn, 3);
  expect(greedy.buddy.alloc(0, RECLAIMABLE)).toBe(16);
  expect([0, 1, 2, 3].map((order) => blocksOf(greedy, order, RECLAIMABLE))).toEqual([[17], [18], [20], [0]]);
});

test('R2.4 donors are asked order by order, and in the order of the fallback table within one', () => {
  const zone = emptyBuddy(32, 3);
  zone.buddy.state.blockTypes.set([MOVABLE, RECLAIMABLE, RECLAIMABLE, MOVABLE]);
  zone.buddy.free(8, 1); // RECLAIMABLE
  zone.buddy.free(0, 2); // MOVABLE, larger
  expect(zone.buddy.alloc(0, UNMOVABLE)).toBe(0);

  const same = emptyBuddy(32, 3);
  same.buddy.state.blockTypes.set([MOVABLE, RECLAIMABLE]);
  same.buddy.free(8, 1);
  same.buddy.free(0, 1);
  expect(same.buddy.alloc(0, UNMOVABLE)).toBe(8);
});

test('R2.4 R2.5 RESERVE is tried only after all donors at all orders', () => {
  const zone = emptyBuddy(64, 3);
  zone.buddy.state.blockTypes.set([RESERVE, MOVABLE, MOVABLE, MOVABLE, RECLAIMABLE]);
  for (const pfn of [0, 16, 32]) zone.buddy.free(pfn, 3);

  const given = Array.from({ length: 24 }, () => zone.buddy.alloc(0, UNMOVABLE));
  expect(given.slice(0, 16).every((pfn) => pfn >= 16)).toBe(true);
  expect(given.slice(16)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(typesOf(zone)[0]).toBe(RESERVE);
});

test('R2.4 the last pageblock, if the zone cuts it, is not moved', () => {
  const zone = emptyBuddy(12, 3);
  zone.buddy.free(8, 2);

  expect(zone.buddy.alloc(0, UNMOVABLE)).toBe(8);
  expect(typesOf(zone)).toEqual([MOVABLE, MOVABLE]);
});

test('R2.5 the reserve: min(2, ⌈min/512⌉) pageblocks, the lowest that do not begin with the kernel’s own frames', () => {
  const boot = (reservedPages: number, minWatermark: number) => {
    const zone = emptyBuddy(4096);
    bootMemory(zone.pages, zone.buddy, { reservedPages, unmovablePages: 0, minWatermark, seed: 1 });
    return typesOf(zone).flatMap((type, block) => (type === RESERVE ? [block] : []));
  };

  expect([boot(0, 512), boot(0, 513), boot(0, 9999), boot(1, 513)]).toEqual([[0], [0, 1], [0, 1], [1, 2]]);
});

test('R2.7 kernel objects: as many as asked, most of them filling pageblocks, one in a hundred alone; by seed', () => {
  const boot = (seed: number) => {
    const zone = emptyBuddy(16384);
    bootMemory(zone.pages, zone.buddy, { reservedPages: 100, unmovablePages: 1600, minWatermark: 256, seed });
    return zone;
  };
  const zone = boot(1);
  const placed = Array.from({ length: 16384 }, (_, pfn) => pfn).filter((pfn) => zone.pages.isReserved(pfn));

  expect(placed.length).toBe(1700);
  expect(zone.buddy.freePages).toBe(16384 - 1700);
  const inBlocks = placed.filter((pfn) => zone.buddy.blockType(pfn) === UNMOVABLE).length;
  expect(inBlocks).toBeGreaterThanOrEqual(1584);
  expect(typesOf(zone).filter((type) => type === UNMOVABLE).length).toBe(4);
  expect(typesOf(boot(2))).not.toEqual(typesOf(zone));
  expect(typesOf(boot(1))).toEqual(typesOf(zone));
});

/** The obvious allocator: a list of first pages per type and order, an array each; everything is looked up by search. */
class Slow {
  readonly lists = Array.from({ length: NR_TYPES }, () => Array.from({ length: MAX_ORDER }, (): number[] => []));
  readonly types: number[];
  readonly blockPages: number;

  constructor(types: number[], blockPages: number) {
    this.types = types;
    this.blockPages = blockPages;
  }

  alloc(order: number, type: number): number {
    const own = this.smallest(order, type);
    if (own !== NONE) return own;
    for (let from = MAX_ORDER - 1; from >= order; from--) {
      for (const donor of FALLBACKS[type]!) {
        if (this.lists[donor]![from]!.length === 0) continue;
        return this.steal(order, type, donor, from);
      }
    }
    return this.smallest(order, RESERVE);
  }

  private smallest(order: number, type: number): number {
    const from = this.lists[type]!.findIndex((list, at) => at >= order && list.length > 0);
    return from < 0 ? NONE : this.split(this.lists[type]![from]!.shift()!, from, order, type);
  }

  private split(pfn: number, from: number, order: number, type: number): number {
    for (let at = from - 1; at >= order; at--) this.lists[type]![at]!.unshift(pfn + 2 ** at);
    return pfn;
  }

  private steal(order: number, type: number, donor: number, from: number): number {
    const pfn = this.lists[donor]![from]![0]!;
    const block = Math.floor(pfn / this.blockPages);
    const takesOver = 2 ** from >= 2 ** Math.floor(Math.log2(this.blockPages) / 2) || type === RECLAIMABLE;
    if (takesOver) {
      const free = this.freeIn(block);
      for (const [first, size] of free) {
        this.drop(first);
        this.lists[type]![size]!.unshift(first);
      }
      const pages = free.reduce((sum, [, size]) => sum + 2 ** size, 0);
      if (pages >= this.blockPages / 2) this.types[block] = type;
    }
    this.drop(pfn);
    for (let at = 0; at < 2 ** from / this.blockPages && 2 ** from >= this.blockPages; at++)
      this.types[block + at] = type;
    return this.split(pfn, from, order, takesOver ? type : donor);
  }

  /** Free blocks that begin in a pageblock, ascending: first page and order. */
  private freeIn(block: number): [number, number][] {
    const all = this.lists.flatMap((orders) =>
      orders.flatMap((list, at) => list.map((pfn): [number, number] => [pfn, at])),
    );
    return all.filter(([pfn]) => Math.floor(pfn / this.blockPages) === block).sort(([left], [right]) => left - right);
  }

  private drop(pfn: number): void {
    for (const orders of this.lists)
      for (const list of orders) if (list.includes(pfn)) list.splice(list.indexOf(pfn), 1);
  }

  private isFree(pfn: number, order: number): boolean {
    return this.lists.some((orders) => orders[order]?.includes(pfn));
  }

  free(pfn: number, order: number): void {
    const list = this.lists[this.types[Math.floor(pfn / this.blockPages)]!]!;
    const buddyOf = (block: number, at: number) =>
      Math.floor(block / 2 ** at) % 2 === 0 ? block + 2 ** at : block - 2 ** at;
    while (order < MAX_ORDER - 1 && this.isFree(buddyOf(pfn, order), order)) {
      const buddy = buddyOf(pfn, order);
      this.drop(buddy);
      pfn = Math.min(pfn, buddy);
      order++;
    }
    const parent = Math.floor(pfn / 2 ** (order + 1)) * 2 ** (order + 1);
    if (order < MAX_ORDER - 2 && this.isFree(buddyOf(parent, order + 1), order + 1)) list[order]!.push(pfn);
    else list[order]!.unshift(pfn);
  }
}

test('R2.1 R2.2 R2.3 R2.4 I2 property: the buddy allocator does what the obvious lists do', () => {
  const action = fc.record({
    alloc: fc.boolean(),
    order: fc.nat({ max: 4 }),
    type: fc.nat({ max: MOVABLE }),
    which: fc.nat(),
  });
  const types = fc.array(fc.nat({ max: RESERVE }), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(types, fc.array(action, { maxLength: 120 }), (blockTypes, actions) => {
      const real = emptyBuddy(128, 3);
      real.buddy.state.blockTypes.set(blockTypes);
      const slow = new Slow([...blockTypes], 8);
      for (const zone of [real.buddy, slow]) for (let pfn = 127; pfn >= 0; pfn--) zone.free(pfn, 0);
      const held: [number, number][] = [];
      for (const { alloc, order, type, which } of actions) {
        if (alloc) {
          const pfn = real.buddy.alloc(order, type);
          expect(pfn).toBe(slow.alloc(order, type));
          if (pfn !== NONE) held.push([pfn, order]);
        } else if (held.length > 0) {
          const [[pfn, size]] = held.splice(which % held.length, 1) as [[number, number]];
          real.buddy.free(pfn, size);
          slow.free(pfn, size);
        }
      }
      const lists = slow.lists.map((_, type) => slow.lists[type]!.map((__, at) => blocksOf(real, at, type)));
      expect(lists).toEqual(slow.lists);
      expect(typesOf(real)).toEqual(slow.types);
      const free = slow.lists.flat().reduce((sum, list, row) => sum + list.length * 2 ** (row % MAX_ORDER), 0);
      expect(real.buddy.freePages).toBe(free);
    }),
    { numRuns: 150 },
  );
});
