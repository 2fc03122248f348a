import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ACTIVE_ANON,
  ACTIVE_FILE,
  createLruSet,
  INACTIVE_ANON,
  INACTIVE_FILE,
  Lru,
  type LruSet,
  UNEVICTABLE,
} from './lru.ts';
import { createPageColumns, NONE } from './page-columns.ts';
import { PageTable } from './page-table.ts';

const PAGES = 10;

/** Pages 0–2 uncharged, 3–5 in group 1, 6–9 in group 2; even ones are swap-backed. */
function createLru(): { lru: Lru; pages: PageTable; memcgs: { lru: LruSet }[] } {
  const pages = new PageTable(createPageColumns(PAGES));
  const memcgs = Array.from({ length: 3 }, () => ({ lru: createLruSet() }));
  for (let pfn = 0; pfn < PAGES; pfn++) {
    pages.columns.memcg[pfn] = pfn < 3 ? 0 : pfn < 6 ? 1 : 2;
    if (pfn % 2 === 0) pages.setSwapBacked(pfn);
  }
  return { lru: new Lru(pages, createLruSet(), memcgs), pages, memcgs };
}
function walk(lru: Lru, set: LruSet, list: number): number[] {
  const found: number[] = [];
  for (let pfn = set.heads[list]!; pfn !== NONE; pfn = lru.older(set, pfn)) found.push(pfn);
  const back: number[] = [];
  for (let pfn = lru.tail(set, list); pfn !== NONE; pfn = lru.newer(set, pfn)) back.unshift(pfn);
  expect(back).toEqual(found);
  expect(set.lengths[list]).toBe(found.length);
  return found;
}

test.each([
  ['swap-backed', true, false, false, INACTIVE_ANON],
  ['swap-backed active', true, true, false, ACTIVE_ANON],
  ['file', false, false, false, INACTIVE_FILE],
  ['file active', false, true, false, ACTIVE_FILE],
  ['unevictable file', false, false, true, UNEVICTABLE],
  ['unevictable anon', true, false, true, UNEVICTABLE],
])('R3.1 the list of a page is a function of its flags: %s', (_name, swapBacked, active, unevictable, list) => {
  const { lru, pages } = createLru();
  pages.flags[1] = 0;
  if (swapBacked) pages.setSwapBacked(1);
  if (active) pages.setActive(1);
  if (unevictable) pages.setUnevictable(1);

  expect(lru.listOf(1)).toBe(list);
});

test('I4 a page on a list cannot be added, one on none cannot be removed', () => {
  const { lru } = createLru();
  lru.add(1);

  expect(() => lru.add(1)).toThrow('I4');
  expect(() => lru.remove(2)).toThrow('I4');
});

test('R6.1 an uncharged page that gets a memcg on the LRU joins its list at the head; leaving takes it off that list only', () => {
  const { lru, pages, memcgs } = createLru();
  for (const pfn of [3, 1]) lru.add(pfn);
  pages.columns.memcg[1] = 1;

  lru.joinMemcg(1);
  expect(walk(lru, memcgs[1]!.lru, INACTIVE_FILE)).toEqual([1, 3]);

  lru.leaveMemcg(1);
  expect(walk(lru, memcgs[1]!.lru, INACTIVE_FILE)).toEqual([3]);
  expect(walk(lru, lru.zone, INACTIVE_FILE)).toEqual([1, 3]);
});

interface Model {
  /** Newest first: the zone's lists, and each memcg's. */
  readonly zone: number[][];
  readonly memcgs: number[][][];
}
type Real = ReturnType<typeof createLru>;
const setsOf = (model: Model, real: Real, pfn: number) => {
  const memcg = real.pages.columns.memcg[pfn]!;
  return memcg === 0 ? [model.zone] : [model.zone, model.memcgs[memcg]!];
};
const onList = (model: Model, pfn: number) => model.zone.findIndex((list) => list.includes(pfn));

function agree(model: Model, { lru, memcgs }: Real): void {
  const check = (lists: readonly number[][], set: LruSet) => {
    for (const [list, expected] of lists.entries()) expect(walk(lru, set, list)).toEqual(expected);
  };
  check(model.zone, lru.zone);
  for (const [memcg, lists] of model.memcgs.entries()) check(lists, memcgs[memcg]!.lru);
}

function drop(lists: readonly number[][], pfn: number): void {
  for (const list of lists) if (list.includes(pfn)) list.splice(list.indexOf(pfn), 1);
}
const anyPage = fc.nat({ max: PAGES - 1 });
const command = (
  name: string,
  applies: (model: Model, pfn: number) => boolean,
  run: (model: Model, real: Real, pfn: number) => void,
) =>
  anyPage.map((pfn) => ({
    check: (model: Readonly<Model>) => applies(model, pfn),
    run: (model: Model, real: Real) => {
      run(model, real, pfn);
      agree(model, real);
    },
    toString: () => `${name}(${pfn})`,
  }));

const COMMANDS = [
  command(
    'add',
    (model, pfn) => onList(model, pfn) < 0,
    (model, real, pfn) => {
      for (const lists of setsOf(model, real, pfn)) lists[real.lru.listOf(pfn)]!.unshift(pfn);
      real.lru.add(pfn);
    },
  ),
  command(
    'remove',
    (model, pfn) => onList(model, pfn) >= 0,
    (model, real, pfn) => {
      for (const lists of setsOf(model, real, pfn)) drop(lists, pfn);
      real.lru.remove(pfn);
    },
  ),
  command(
    'rotate both',
    (model, pfn) => onList(model, pfn) >= 0,
    (model, real, pfn) => {
      const list = onList(model, pfn);
      for (const lists of setsOf(model, real, pfn)) {
        drop(lists, pfn);
        lists[list]!.push(pfn);
      }
      real.lru.rotateToTail(pfn, true);
    },
  ),
  command(
    'rotate zone',
    (model, pfn) => onList(model, pfn) >= 0,
    (model, real, pfn) => {
      const list = onList(model, pfn);
      drop(model.zone, pfn);
      model.zone[list]!.push(pfn);
      real.lru.rotateToTail(pfn, false);
    },
  ),
  command(
    'activate',
    (model, pfn) => [INACTIVE_ANON, INACTIVE_FILE].includes(onList(model, pfn)),
    (model, real, pfn) => {
      const list = onList(model, pfn);
      for (const lists of setsOf(model, real, pfn)) {
        drop(lists, pfn);
        lists[list + 1]!.unshift(pfn);
      }
      real.lru.activate(pfn);
    },
  ),
];

test('R6.1 I3 I12 property: the lists behave as arrays do, in both memberships', () => {
  const lists = () => Array.from({ length: 5 }, (): number[] => []);
  fc.assert(
    fc.property(fc.commands(COMMANDS, { size: '+1' }), (commands) => {
      fc.modelRun(
        () => ({ model: { zone: lists(), memcgs: [lists(), lists(), lists()] }, real: createLru() }),
        commands,
      );
    }),
    { numRuns: 80 },
  );
});
