import { expect, test } from 'vitest';
import { RECLAIM_WB_FILE, RECLAIM_WB_SYNC } from '../../abi/trace-flags.ts';
import type { Kernel } from '../machine/kernel.ts';
import { INACTIVE_FILE } from '../machine/lru.ts';
import { unlockPage } from '../machine/page-lock.ts';
import type { Task } from '../machine/task.ts';
import { WAIT_CONGESTION, WAIT_PAGE_WRITEBACK } from '../machine/waits.ts';
import { type As, type Drawn, machineFromText } from '../machine-from-text.ts';
import { ISOLATE_BOTH, ISOLATE_INACTIVE, isolatePages } from './isolate.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';
import { shrinkZone } from './shrink-zone.ts';

/** Frames 0 to 7 in this order: a b c d e f g h; frames 8 to 15 are free. */
const EIGHT = 'active_anon: h g\n active_file: f e\n inactive_anon: d c\n inactive_file: b! a';
const CONTIG = ['taken', 'dirty', 'failed'] as const;

/** Isolates around the tail of the inactive file list: the pages taken, and the contig_* fields of the event. */
function isolated(rig: Drawn, order: number, mode: number, count = 1) {
  const { t } = rig.start(
    'direct',
    (k, task) => isolatePages(k, task, k.zone.lru, INACTIVE_FILE, count, mode),
    ({ sc }) => {
      sc.order = order;
    },
  );
  rig.passNs(1);
  const event = rig.events('lruIsolate').at(-1)!;
  return {
    names: t.isolated.map((pfn) => rig.nameOf(pfn)).join(' '),
    scanned: event[3],
    ...Object.fromEntries(CONTIG.map((name, at) => [name, event[5 + at]])),
  };
}

test('R3.13 lumpy takes the whole block, any list: the tag first, the neighbours in ascending order, all counted', () => {
  const rig = machineFromText(`free 8\n ${EIGHT}`);

  expect(isolated(rig, 3, ISOLATE_BOTH)).toEqual({
    names: 'a b c d e f g h',
    scanned: 8,
    taken: 7,
    dirty: 1,
    failed: 0,
  });
});

test('R3.13 not lumpy: the walk takes neighbours of the same list only, and refusals are no failures', () => {
  const rig = machineFromText(`free 8\n ${EIGHT}`);

  expect(isolated(rig, 3, ISOLATE_INACTIVE)).toEqual({ names: 'a b', scanned: 2, taken: 1, dirty: 1, failed: 0 });
});

test('R3.13 §9.2 a kernel without lumpy reclaim takes single pages, whatever the order', () => {
  const rig = machineFromText(`free 8\n ${EIGHT}`, { answers: { blockReclaim: 'none' } });

  expect(isolated(rig, 3, ISOLATE_INACTIVE)).toEqual({ names: 'a', scanned: 1, taken: 0, dirty: 0, failed: 0 });
});

test('P6.7 R3.15 kswapd’s batch is one isolation: 32 pages at order 0, up to 31 + 2^order above', () => {
  const scanned = (order: number) => {
    const rig = machineFromText('swap 0 free 424\n inactive_file: p{600}');
    rig.start(
      'kswapd',
      (k, t) => shrinkInactiveList(k, t, 1, true),
      ({ sc }) => {
        Object.assign(sc, { order, lumpyReclaimMode: order > 0 });
      },
    );
    rig.passNs(1);
    return rig.events('lruIsolate').map((args) => args[3]);
  };

  expect(scanned(0)).toEqual([32]);
  expect(scanned(9)).toEqual([512]); // the first tag page brings its whole block: the count is reached
  expect(scanned(4)).toEqual([32]); // two blocks of 16
});

test('R3.13 the block is aligned to its order, and the count is tested between tags only', () => {
  const rig = machineFromText('free 8\n inactive_file: h g f e d c b a');

  expect(isolated(rig, 1, ISOLATE_BOTH, 3).names).toBe('a b c d');
});

test('R3.13 without free swap anon pages stay, unless they are in the swap cache', () => {
  const rig = machineFromText('swap 2 free 4\n inactive_anon: d c$\n inactive_file: b a');
  expect(rig.k.swap.freeSlots).toBe(0);

  expect(isolated(rig, 2, ISOLATE_BOTH)).toMatchObject({ names: 'a b c', failed: 0 });
});

test('R3.13 a neighbour that another reclaimer holds is a failure, free frames are not', () => {
  const rig = machineFromText(`free 8\n ${EIGHT}`);
  rig.start('direct', (k, t) => isolatePages(k, t, k.zone.lru, INACTIVE_FILE + 1, 1, 1));
  rig.passNs(1);

  expect(isolated(rig, 4, ISOLATE_BOTH)).toMatchObject({ names: 'a b c d f g h', failed: 1 });
});

test.each([
  [0, 0, ISOLATE_INACTIVE],
  [1, 10, ISOLATE_INACTIVE],
  [3, 10, ISOLATE_INACTIVE],
  [1, 9, ISOLATE_BOTH],
  [3, 9, ISOLATE_BOTH],
  [4, 12, ISOLATE_BOTH],
  [9, 12, ISOLATE_BOTH],
])('R3.14 order %i at priority %i: mode %i, for kswapd too', (order, priority, mode) => {
  for (const as of ['direct', 'kswapd'] as const) {
    const rig = machineFromText('swap 0 free 4\n inactive_file: p{40}');
    const shrinkOnce = (k: Kernel, t: Task) => shrinkZone(k, t);
    rig.run(as, shrinkOnce, ({ sc }) => {
      rig.k.zone.lru.savedScan[INACTIVE_FILE] = 32;
      Object.assign(sc, { order, priority });
    });

    expect(rig.events('lruIsolate')[0]!.slice(0, 2)).toEqual([mode, order]);
  }
});

/** shrink_inactive_list() as shrink_zone() calls it for a costly order. */
function lumpyPass(rig: Drawn, as: As = 'direct') {
  return rig.start(
    as,
    (k, t) => shrinkInactiveList(k, t, 1, true),
    ({ sc }) => {
      Object.assign(sc, { order: 4, lumpyReclaimMode: true });
    },
  );
}

test('R3.16 R3.8 lumpy clears PG_active and frees used pages: young, referenced, active and anon', () => {
  const rig = machineFromText("free 8\n active_file: d* c*'^\n inactive_anon: b$\n inactive_file: a*^");

  lumpyPass(rig);
  rig.passNs(1e8);

  expect(['a', 'b', 'c', 'd'].map((name) => rig.page(name))).toEqual(['a gone', 'b gone', 'c gone', 'd gone']);
  expect(rig.vm).toMatchObject({ pgdeactivate: 2, pgsteal: 4, pgscan_direct: 4 });
  expect([...rig.k.zone.lru.recentScanned]).toEqual([1, 3]);
  expect(rig.k.buddy.freePages).toBe(12);
});

test('R3.25 a batch not wholly freed: the nap, then a SYNC pass that waits with the page locked (row 7) and frees it', () => {
  const rig = machineFromText('free 8\n inactive_file: b a!', { serviceNs: 150e6 });
  const { t } = lumpyPass(rig);

  rig.passNs(50e6);
  expect([t.waitKind, rig.vm.pgsteal]).toEqual([WAIT_CONGESTION, 0]);
  expect(rig.page('a')).toBe('a~%');
  rig.passNs(90e6); // the nap is over, the write is not
  expect([t.waitKind, t.sc.syncWriteback, rig.page('a')]).toEqual([WAIT_PAGE_WRITEBACK, true, 'a~%@']);
  rig.passNs(20e6);

  expect([rig.page('a'), t.sc.syncWriteback]).toEqual(['a gone', false]);
  expect(rig.vm).toMatchObject({ pgsteal: 2, nr_vmscan_write: 1, direct_write_file: 1, direct_write_file_sync: 0 });
});

test('R3.25 the nap comes even if nothing is under writeback, and at any priority for a costly order', () => {
  const rig = machineFromText('free 8\n inactive_file: b a@');
  const { t } = lumpyPass(rig);

  rig.passNs(99e6);
  expect(t.waitKind).toBe(WAIT_CONGESTION);
  rig.passNs(2e6);
  expect(rig.list('inactive_file')).toBe('a@');
});

test('R3.25 R4.1 the SYNC pass writes and waits for what the first pass could not take, and counts it as sync', () => {
  const rig = machineFromText('free 8\n inactive_file: b a!@', { serviceNs: 30e6 });
  const { t } = lumpyPass(rig);

  rig.passNs(50e6);
  unlockPage(rig.k, rig.pfn('a'));
  rig.passNs(55e6);
  expect([t.waitKind, rig.page('a')]).toEqual([WAIT_PAGE_WRITEBACK, 'a~%']); // (8): the page is not locked
  rig.passNs(30e6);

  expect(rig.page('a')).toBe('a gone');
  expect(rig.vm).toMatchObject({ direct_write_file: 0, direct_write_file_sync: 1, pgsteal: 2 });
  expect(rig.events('writepage')[0]![2]).toBe(RECLAIM_WB_FILE | RECLAIM_WB_SYNC);
});

test('R3.25 what became active in the first pass is cleared again and counted in PGDEACTIVATE', () => {
  const rig = machineFromText('swap 0 free 8\n inactive_anon: a'); // no slot to be had: activated (row 9)
  rig.run(
    'direct',
    (k, t) => shrinkInactiveList(k, t, 1, false),
    ({ sc }) => {
      Object.assign(sc, { order: 4, lumpyReclaimMode: true });
    },
  );

  expect(rig.list('active_anon')).toBe('a');
  expect(rig.vm).toMatchObject({ pgactivate: 2, pgdeactivate: 1 });
  expect(rig.k.nowNs).toBeGreaterThanOrEqual(100e6);
});

test('R3.25 no second pass: kswapd, a batch wholly freed, or not lumpy', () => {
  const still = machineFromText('free 8\n inactive_file: b a@');
  lumpyPass(still, 'kswapd');
  still.passNs(1e6);
  expect(still.vm.pgsteal).toBe(1);
  expect(still.k.task(1).state).toBe(2);

  const freed = machineFromText('free 8\n inactive_file: b a');
  lumpyPass(freed);
  freed.passNs(1e6);
  expect([freed.vm.pgsteal, freed.k.task(1).state]).toEqual([2, 2]);

  const order0 = machineFromText('free 8\n inactive_file: b a@');
  order0.start('direct', (k, t) => shrinkInactiveList(k, t, 1, true));
  order0.passNs(1e6);
  expect(order0.k.task(1).state).toBe(2);
});
