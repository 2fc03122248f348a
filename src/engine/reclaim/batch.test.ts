import { expect, test } from 'vitest';
import { WAIT_CONGESTION } from '../machine/waits.ts';
import { machineFromText } from '../machine-from-text.ts';
import { ISOLATE_ACTIVE, ISOLATE_INACTIVE } from './isolate.ts';
import { shrinkActiveList } from './shrink-active.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

test('R3.12 pages are taken from the tail, oldest first, and keep PG_active', () => {
  const rig = machineFromText('free 4\n active_file: d c b a');
  let held: boolean[] = [];

  rig.start('direct', (k, t) => shrinkActiveList(k, t, 2, true));
  rig.passNs(500);

  const { isolated } = rig.k.task(1);
  held = isolated.map((pfn) => rig.k.pages.isActive(pfn) && rig.k.pages.isIsolated(pfn) && !rig.k.pages.isOnLru(pfn));
  expect(isolated.map((pfn) => rig.nameOf(pfn))).toEqual(['a', 'b']);
  expect(held).toEqual([true, true]);
  expect(rig.list('active_file')).toBe('d c');
});

test('R3.12 the scan ends with the list', () => {
  const rig = machineFromText('free 4\n inactive_file: c~ b~ a~');

  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));

  const [mode, order, requested, scanned, taken] = rig.events('lruIsolate')[0]!;
  expect({ mode, order, requested, scanned, taken }).toEqual({
    mode: ISOLATE_INACTIVE,
    order: 0,
    requested: 32,
    scanned: 3,
    taken: 3,
  });
});

test('R3.15 asked for 5 it takes 32; asked for 40 it takes two batches of 32', () => {
  const rig = machineFromText('free 4\n inactive_file: p{100}~');

  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 5, true));
  expect(rig.vm.pgscan_direct).toBe(32);
  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 40, true));
  expect(rig.vm.pgscan_direct).toBe(96);
});

test('R3.16 the isolated are counted in NR_ISOLATED while they are off the list', () => {
  const rig = machineFromText('free 4\n inactive_file: p{40}');

  rig.start('direct', (k, t) => shrinkInactiveList(k, t, 1, true));
  rig.passNs(1000);

  expect(rig.vm.nr_isolated_file).toBe(32);
  expect(rig.k.m.zone.lru.lengths[2]).toBe(8);
  rig.passNs(1e6);
  expect(rig.vm.nr_isolated_file).toBe(0);
});

test('R3.16 the batch is isolated while its CPU time passes: 32 × (0.1 + 0.75) µs', () => {
  const rig = machineFromText('free 4\n inactive_file: p{32}');

  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));

  expect(rig.k.nowNs).toBe(27200);
});

test.each([
  ['direct', { pgscan_direct: 3, pgscan_kswapd: 0, pgsteal: 3, kswapd_steal: 0 }],
  ['kswapd', { pgscan_direct: 0, pgscan_kswapd: 3, pgsteal: 3, kswapd_steal: 3 }],
] as const)('R3.16 R3.26 PGSCAN and PGSTEAL of a batch freed by %s', (as, counters) => {
  const rig = machineFromText('free 4\n inactive_file: p{3}');

  rig.run(as, (k, t) => shrinkInactiveList(k, t, 1, true));

  expect(rig.vm).toMatchObject(counters);
});

test('R3.16 recent_scanned and pages_scanned of the zone grow by what was isolated', () => {
  const rig = machineFromText('free 4\n inactive_file: p{3}~\n inactive_anon: q{2}~$');

  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));
  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, false));

  expect(Array.from(rig.k.m.zone.lru.recentScanned)).toEqual([2, 3]);
  expect(rig.k.m.zone.pagesScanned).toBe(5);
});

test('R3.17 R6.2 memcg reclaim takes from the tail of its own list, whatever lies between, and off the zone list too', () => {
  const rig = machineFromText('free 4\n memcg tiny 16\n inactive_file: e d&~ c b&~ a');

  rig.start('memcg', (k, t) => shrinkInactiveList(k, t, 1, true));
  rig.passNs(1000);

  expect(rig.k.task(1).isolated.map((pfn) => rig.nameOf(pfn))).toEqual(['b', 'd']);
  expect(rig.list('inactive_file')).toBe('e c a');
  expect(rig.list('inactive_file', 1)).toBe('');
  rig.passNs(1e6);
  expect(rig.list('inactive_file')).toBe('d~& b~& e c a');
});

test('R3.16 R6.2 memcg reclaim counts neither PGSCAN nor the pages_scanned of the zone, and fires no lru_isolate', () => {
  const rig = machineFromText('free 4\n memcg tiny 16\n inactive_file: b&~ a');

  rig.run('memcg', (k, t) => shrinkInactiveList(k, t, 1, true));

  expect(rig.vm).toMatchObject({ pgscan_direct: 0, pgscan_kswapd: 0, memcg_pages_scanned: 1 });
  expect(rig.k.m.zone.pagesScanned).toBe(0);
  expect(rig.events('lruIsolate')).toEqual([]);
  expect(rig.events('memcgIsolate').map((args) => args.slice(0, 5))).toEqual([[ISOLATE_INACTIVE, 0, 32, 1, 1]]);
  expect(rig.k.m.memcgs[1]!.lru.recentScanned[1]).toBe(1);
  expect(rig.k.m.zone.lru.recentScanned[1]).toBe(0);
});

test('R3.26 what is left goes back oldest first to the head: the order among them stays', () => {
  const rig = machineFromText('free 4\n inactive_file: p{32} e~ d c~ b a~');

  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));

  expect(rig.list('inactive_file')).toBe('e~ c~ a~ p1 p2 p3 p4 p5');
});

test('R3.26 an activated page goes to the active head and counts as rotated', () => {
  const rig = machineFromText('free 4\n active_file: z\n inactive_file: b^* a^*');

  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));

  expect(rig.list('active_file')).toBe("b*' a*' z");
  expect(rig.k.m.zone.lru.recentRotated[1]).toBe(2);
});

test('E25 I18 a direct reclaimer naps while more pages are isolated than left; kswapd and a memcg reclaimer do not', () => {
  const seen = (['direct', 'kswapd', 'memcg'] as const).map((as) => {
    const rig = machineFromText('free 4\n memcg tiny 99\n inactive_file: p{40}~&');
    rig.start('kswapd', (k, t) => shrinkInactiveList(k, t, 1, true));
    rig.passNs(1000); // 32 are isolated, 8 are left
    const { t } = rig.start(as, (k, task) => shrinkInactiveList(k, task, 1, true));
    rig.passNs(1000);
    return t.isolated.length;
  });

  expect(seen).toEqual([0, 8, 8]);
});

test.each([
  ['v2.6.35-rc2', 640, 11],
  ['v2.6.35-rc2', 1280, 21],
  ['rfc-v6', 640, 11],
] as const)(
  'E25 %s: of 40 direct reclaimers that come at once to %i inactive pages, %i isolate and the others stall',
  (kernel, pages, expected) => {
    const rig = machineFromText(`free 4 swap 0\n inactive_file: p{${pages}}~`, { kernel });
    const tasks = Array.from({ length: 40 }, () => rig.start('direct', (k, t) => shrinkInactiveList(k, t, 1, true)).t);
    rig.passNs(1000); // before the first batch is judged

    expect(tasks.filter((t) => t.isolated.length > 0).length).toBe(expected);
    expect(tasks.filter((t) => t.waitKind === WAIT_CONGESTION).length).toBe(40 - expected);
    expect(rig.vm.nr_isolated_file).toBe(32 * expected);
  },
);

test('E25 the nap in too_many_isolated lasts 100 ms when no async request is freed', () => {
  const rig = machineFromText('free 4\n inactive_file: p{40}~');
  rig.start('kswapd', (k, t) => shrinkInactiveList(k, t, 1, true));
  rig.passNs(1000);

  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));

  expect(rig.k.nowNs).toBe(1000 + 100e6 + 27200);
});

test('R3.10 the oldest pages of the active list go to the inactive head in order; PG_referenced stays', () => {
  const rig = machineFromText('free 4\n active_file: e d c* b a\n inactive_file: z');

  rig.run('direct', (k, t) => shrinkActiveList(k, t, 3, true));

  expect(rig.list('active_file')).toBe('e d');
  expect(rig.list('inactive_file')).toBe('c* b a z');
  expect(rig.vm).toMatchObject({ pgdeactivate: 3, pgrefill: 3 });
});

test('R3.10 a young page is deactivated too: it only counts as rotated, and its young bit is consumed', () => {
  const rig = machineFromText('free 4\n active_anon: b^ a');

  rig.run('direct', (k, t) => shrinkActiveList(k, t, 32, false));

  expect(rig.list('inactive_anon')).toBe('b a');
  expect(Array.from(rig.k.m.zone.lru.recentScanned)).toEqual([2, 0]);
  expect(Array.from(rig.k.m.zone.lru.recentRotated)).toEqual([1, 0]);
});

test('R3.10 global reclaim adds to the pages_scanned of the zone; memcg reclaim to neither it nor PGREFILL', () => {
  const drawn = 'free 4\n memcg tiny 9\n active_file: b& a&';
  const [global, memcg] = (['direct', 'memcg'] as const).map((as) => {
    const rig = machineFromText(drawn);
    rig.run(as, (k, t) => shrinkActiveList(k, t, 32, true));
    return [rig.k.m.zone.pagesScanned, rig.vm.pgrefill, rig.k.m.memcgs[1]!.lru.recentScanned[1]];
  });

  expect(global).toEqual([2, 2, 0]);
  expect(memcg).toEqual([0, 0, 2]);
});

test('R3.10 the trace says isolate mode ACTIVE', () => {
  const rig = machineFromText('free 4\n active_file: b a');

  rig.run('direct', (k, t) => shrinkActiveList(k, t, 32, true));

  expect(rig.events('lruIsolate')[0]!.slice(0, 5)).toEqual([ISOLATE_ACTIVE, 0, 32, 2, 2]);
});

test('R3.7 a mapped file page whose lock is taken counts as referenced when the active list is aged', () => {
  const rig = machineFromText("free 4\n active_file: c@ b'@ a'");

  rig.run('direct', (k, t) => shrinkActiveList(k, t, 32, true));

  expect(rig.k.m.zone.lru.recentRotated[1]).toBe(1); // b; c is not mapped
});

test('R3.26 the trail has of a batch what was freed, and of the rest what is dirty and what is written', () => {
  const rig = machineFromText('free 8\n inactive_file: a b! c~ d!*');
  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 4, true));
  expect(rig.k.trace.batches.latest()).toMatchObject([{ taken: 4, freed: 1, dirty: 1, writeback: 2 }]);
});
