import { expect, test } from 'vitest';
import { CELL } from '../abi/frame.ts';
import { HELD_CELL, LIST_LOOK, type Look, type Thing } from '../abi/look.ts';
import type { Scenario } from '../abi/scenario.ts';
import { S } from '../abi/units.ts';
import { memcgBusyScene } from '../scenarios/memcg-busy.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import type { Engine } from './engine.ts';
import { nextBit } from './machine/page-bits.ts';
import { SPACE_FILE } from './machine/space.ts';
import { boot, SMALL, type Variation } from './scene-rig.ts';

// What frames carry when somebody looks, against a recount from the machine.

function at(scene: Scenario, untilS: number, look: Partial<Look>, variation: Variation = {}): Engine {
  const engine = boot(scene, variation);
  engine.advance(untilS * S);
  engine.look = { ...LIST_LOOK, ...look };
  return engine;
}
let booted: Engine | undefined;
/** One run for all: looking does not change it. */
function small(look: Partial<Look>): Engine {
  booted ??= at(seekyVsRange, 3, {}, SMALL);
  booted.look = { ...LIST_LOOK, ...look };
  return booted;
}
const frameOf = (engine: Engine) => engine.takeAdvance().frame;
const count = (cells: Uint8Array, of: (cell: number) => boolean) =>
  cells.reduce((sum, cell) => sum + Number(of(cell)), 0);
const isDirty = (cell: number) => (cell & CELL.STATE) === CELL.DIRTY;
const isCached = (cell: number) => (cell & CELL.STATE) !== CELL.FREE;

test('file order: every file a strip, a cell per page, empty where it is not in memory', () => {
  const engine = small({ order: 'file' });
  const { cells, strips, order } = frameOf(engine);
  const { spaces } = engine.kernel.m;
  expect(order).toBe('file');
  expect(strips.filter(({ kind }) => kind === 'file').map(({ name }) => name)).toEqual(
    spaces.filter(({ kind, sizePages }) => kind === SPACE_FILE && sizePages > 0).map(({ name }) => name),
  );
  let from = 0;
  for (const { space, pages } of strips) {
    const { pageOf, nrPages, dirtyTag } = spaces[space]!;
    const own = cells.subarray(from, from + pages);
    expect(count(own, isCached)).toBe(nrPages);
    for (let index = nextBit(dirtyTag, 0); index >= 0; index = nextBit(dirtyTag, index + 1))
      if (engine.kernel.pages.isDirty(pageOf[index]!))
        expect(isDirty(own[index]!) || own[index]! % 4 === CELL.WRITEBACK).toBe(true);
    from += pages;
  }
  expect(cells).toHaveLength(from);
});

test('the same pages in every order: only their places differ', () => {
  const engine = small({});
  const dirtyIn = (order: Look['order']) => {
    engine.look = { ...LIST_LOOK, order };
    return count(frameOf(engine).cells, isDirty);
  };
  const dirty = dirtyIn('list');
  expect(dirty).toBeGreaterThan(100);
  // A page that is just being added is on no list yet.
  expect(Math.abs(dirtyIn('file') - dirty)).toBeLessThanOrEqual(40);
  expect(dirtyIn('pfn')).toBe(dirtyIn('file'));
});

test('the map: free blocks as buddyinfo counts them, what is in the way of a huge page, and the rest', () => {
  const engine = small({ parts: ['map'] });
  const { map, memory } = frameOf(engine);
  const { pages } = engine.kernel;
  if (!map) throw new Error('no map');
  const byOrder = map.freeBlocks.map(() => 0);
  let free = 0;
  map.freeAt.forEach((pfn, block) => {
    byOrder[map.freeOrder[block]!]!++;
    free += 1 << map.freeOrder[block]!;
    expect(pages.isBuddy(pfn)).toBe(true);
  });
  expect(byOrder).toEqual([...map.freeBlocks]);
  expect(free).toBe(memory.freePages);
  expect(map.free.reduce((sum, one) => sum + one, 0)).toBe(free);
  expect(count(map.cells, (cell) => cell === 0)).toBe(free);
  expect(map.held.reduce((sum, one) => sum + one, 0)).toBe(
    count(map.cells, (cell) => cell === HELD_CELL.KERNEL || cell === HELD_CELL.HUGE),
  );
});

test('a page that is pointed at is found again, in its list and in every order', () => {
  const engine = small({});
  const { listPages, cells } = frameOf(engine);
  const victim = listPages[0]! + listPages[1]! + listPages[2]! - 1;
  const page = engine.pageAt({ in: 'cells', at: victim }) as Thing & { kind: 'page' };
  engine.look = { ...LIST_LOOK, lit: [page] };
  const frame = frameOf(engine);
  const found = frame.found[0]!.page!;
  expect(found).toMatchObject({ list: 2, fromTail: 0, at: victim, cell: cells[victim] });
  expect(engine.pageAt({ in: 'lens', at: found.lensAt })).toEqual(page);
  expect(frame.lens.cells[found.lensAt]).toBe(found.cell);
  for (const order of ['file', 'pfn'] as const) {
    engine.look = { ...LIST_LOOK, order, lit: [page] };
    const { found: there, cells: ordered } = frameOf(engine);
    expect(engine.pageAt({ in: 'cells', at: there[0]!.page!.at })).toEqual(page);
    expect(ordered[there[0]!.page!.at]).toBe(found.cell);
  }
  // And one in the middle of the list, from both sides.
  engine.look = LIST_LOOK;
  for (const place of [victim - 700, victim - listPages[2]! + 300]) {
    const middle = engine.pageAt({ in: 'cells', at: place });
    engine.look = { ...LIST_LOOK, lit: [middle!] };
    expect(frameOf(engine).found[0]!.page!.at).toBe(place);
  }
});

test('a page that is not in memory is named, and is nowhere', () => {
  const engine = small({});
  const file = engine.kernel.m.spaces.find(({ kind, pageOf }) => kind === SPACE_FILE && pageOf.includes(-1))!;
  engine.look = { ...LIST_LOOK, lit: [{ kind: 'page', space: file.id, index: file.pageOf.indexOf(-1) }] };
  expect(frameOf(engine).found[0]!.page).toMatchObject({ name: file.name, pfn: -1, list: -1, at: -1 });
});

test('a group is lit where its pages are, and its lists add up', () => {
  const engine = at(memcgBusyScene, 1, { parts: ['groups'] });
  const group = engine.kernel.m.memcgs[1]!;
  engine.look = { ...engine.look, lit: [{ kind: 'memcg', name: group.name }] };
  const { found, memcgs, cells, listPages } = frameOf(engine);
  const onLists = group.lru.lengths.reduce((sum, length) => sum + length, 0);
  expect(onLists).toBeGreaterThan(100);
  expect(count(found[0]!.cells!, (lit) => lit === 1)).toBe(onLists);
  expect(cells).toHaveLength(found[0]!.cells!.length);
  const own = memcgs[0]!;
  expect([own.usagePages, own.limitPages]).toEqual([group.usagePages, group.limitPages]);
  // The double LRU: those of the zone's inactive file pages that are the group's stand on its own list too.
  const before = listPages[0]! + listPages[1]!;
  const inZone = found[0]!.cells!.subarray(before, before + listPages[2]!);
  expect(count(inZone, (lit) => lit === 1)).toBe(own.lists![2]!.pages);
  expect(own.lists!.map(({ pages }) => pages)).toEqual([...group.lru.lengths]);
  expect([own.failcnt, own.stalledNs]).toEqual([group.failcnt, group.stalledNs]);
  // Dirty pages by a walk of the group's file lists, and by its counter; what is isolated is on no list.
  const dirty = own.lists!.slice(2, 4).reduce((sum, { dirtyPages }) => sum + dirtyPages, 0);
  expect(Math.abs(dirty - group.dirtyPages)).toBeLessThanOrEqual(64);
});

test('with cgroup writeback a group has the machine’s dirty ratio of what it may hold', () => {
  const engine = at(memcgBusyScene, 0.3, { parts: ['groups'] }, { kernel: 'v4.2-cgwb' });
  const { memcgs, memory } = frameOf(engine);
  const { usagePages, limitPages, lists, dirtyThreshPages, backgroundThreshPages } = memcgs[0]!;
  const room = limitPages - usagePages + lists![2]!.pages + lists![3]!.pages;
  const clean = memory.dirtyablePages - memory.dirtyPages - memory.writebackPages;
  const { dirtyRatio, dirtyBackgroundRatio } = engine.kernel.sysctl;
  expect(dirtyThreshPages).toBe(Math.floor((Math.min(room, clean) * dirtyRatio) / 100));
  expect(backgroundThreshPages).toBe(Math.floor((Math.min(room, clean) * dirtyBackgroundRatio) / 100));
});

test('a queued request is lit where its pages are', () => {
  const engine = small({});
  let { disk } = frameOf(engine);
  for (let tries = 0; disk.queueSector.length === 0 && tries < 400; tries++) {
    engine.step('batch');
    ({ disk } = frameOf(engine));
  }
  const [sector, sectors] = [disk.queueSector[0]!, disk.queueSectors[0]!];
  engine.look = {
    ...LIST_LOOK,
    order: 'pfn',
    lit: [{ kind: 'request', machine: 'A', disk: 0, sector, sectors, startNs: -1 }],
  };
  const { found, cells } = frameOf(engine);
  const lit = found[0]!.cells!;
  expect(count(lit, (one) => one === 1)).toBe(sectors / 8);
  lit.forEach((one, pfn) => {
    if (one === 1)
      expect((cells[pfn]! & CELL.STATE) === CELL.WRITEBACK || (cells[pfn]! & CELL.LOCKED) !== 0).toBe(true);
  });
  const carrier = engine.pageAt({ in: 'map', at: lit.indexOf(1) })!;
  engine.look = { ...LIST_LOOK, lit: [carrier] };
  expect(frameOf(engine).found[0]!.page).toMatchObject({ requestSector: sector, isQueued: true });
});

test('the flushers: their inodes by list, with dirty pages and age', () => {
  const engine = small({ parts: ['flushers'] });
  const { flushers } = frameOf(engine);
  const { m } = engine.kernel;
  expect(flushers).toHaveLength(m.wbs.length);
  const inodes = flushers!.flatMap(({ bDirty, bIo, bMoreIo }) => [...bDirty, ...bIo, ...bMoreIo]);
  expect(inodes.map(({ space }) => space).sort()).toEqual(
    m.spaces
      .filter(({ list }) => list !== 0)
      .map(({ id }) => id)
      .sort(),
  );
  expect(inodes.length).toBeGreaterThan(0);
  for (const { space, dirtyPages, writebackPages, dirtiedWhenNs, writer } of inodes) {
    const { dirtyTag, writebackTag, underSync, ...inode } = m.spaces[space]!;
    expect([dirtyPages, writebackPages, dirtiedWhenNs]).toEqual([
      dirtyTag.count,
      writebackTag.count,
      inode.dirtiedWhenNs,
    ]);
    expect(writer !== '').toBe(underSync);
  }
  expect(flushers![0]!.task).toBeGreaterThan(0);
});

test('looking changes nothing: the state has the same hash', () => {
  const engine = small({});
  const hash = engine.hash();
  engine.look = { order: 'pfn', parts: ['map', 'groups', 'flushers'], lit: [{ kind: 'task', id: 1 }] };
  frameOf(engine);
  expect(engine.hash()).toBe(hash);
});
