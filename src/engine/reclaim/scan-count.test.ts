import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { machineFromText } from '../machine-from-text.ts';
import { copyState } from '../sim/checkpoint.ts';
import { tryToFreePages } from './direct.ts';
import { getScanCount, inactiveIsLow, inactiveRatio, lruSetOf } from './scan-count.ts';

/** Lengths in the order of the lists; nothing else about the pages matters here. */
function withLengths(lengths: readonly number[], head = 'free 2000 high 10 swap 8192'): Kernel {
  const { k } = machineFromText(head);
  k.m.zone.lru.lengths.set(lengths);
  return k;
}
function countsAt(k: Kernel, priority: number): number[] {
  return Array.from(getScanCount(k, k.m.zone.lru, { ...k.task(0).sc, priority }));
}
const saved = (k: Kernel) => Array.from(k.m.zone.lru.savedScan);

test('G3 R3.18 R3.19 bare get_scan_count() calls, prio 12 to 6, lists 500/1500/8000/4000', () => {
  const k = withLengths([500, 1500, 8000, 4000]);

  const table = [12, 11, 10, 9, 8, 7, 6].map((priority) => [priority, countsAt(k, priority), saved(k)]);

  expect(table).toEqual([
    [12, [0, 0, 0, 0], [0, 0, 0, 0]],
    [11, [0, 0, 0, 0], [0, 0, 2, 0]],
    [10, [0, 0, 0, 0], [0, 0, 6, 2]],
    [9, [0, 0, 0, 0], [0, 0, 16, 6]],
    [8, [0, 0, 37, 0], [0, 1, 0, 16]],
    [7, [0, 0, 43, 37], [0, 4, 0, 0]],
    [6, [0, 0, 86, 43], [2, 10, 0, 0]],
  ]);
});

test('G3b one do_try_to_free_pages() that frees nothing, lists 1500/500/8000/4000', () => {
  const rows: unknown[] = [];
  let next: number[] = [];
  const look = (k: Kernel, t: Task, priority: number) => {
    next = Array.from(getScanCount(k, copyState(k.m.zone.lru), { ...t.sc, priority }));
  };
  // throttle_vm_writeout() ends each shrink_zone(): what the accumulators hold then, and what the next call will answer.
  const throttleVmWriteout = (k: Kernel, t: Task) => {
    const { priority } = t.sc;
    if (priority >= 6) rows.push([priority, next, saved(k), rig.vm.pgscan_direct]);
    if (priority > 0) look(k, t, priority - 1);
    return 0;
  };
  const rig = machineFromText(
    `file A 20000
     free 100 high 10 swap 8192
     inactive_anon: ia{1500}
     active_anon: aa{500}
     inactive_file: if{8000}~
     active_file: af{4000}`,
    { call: { throttleVmWriteout } },
  );
  look(rig.k, rig.k.task(0), 12);

  const { t } = rig.start('direct', (k, task) => tryToFreePages(k, task, 0, 0xd0));
  rig.passNs(290e6);

  expect(rows).toEqual([
    [12, [0, 0, 0, 0], [0, 0, 0, 0], 0],
    [11, [0, 0, 0, 0], [0, 0, 2, 0], 0],
    [10, [0, 0, 0, 0], [0, 0, 6, 2], 0],
    [9, [0, 0, 0, 0], [0, 0, 16, 6], 0],
    [8, [0, 0, 37, 0], [1, 0, 0, 16], 64],
    [7, [0, 0, 61, 46], [1, 0, 0, 0], 128],
    [6, [0, 0, 124, 61], [1, 0, 0, 0], 256],
  ]);
  expect(rig.k.m.zone.lru.recentRotated[1]).toBe(0);
  expect(t.sc.nrReclaimed).toBe(0);
});

test('G3b the flusher is woken at prio 8 with 64 pages, and the first nap is there: none at prio 9', () => {
  const rig = machineFromText(`file A 20000
     free 100 high 10 swap 8192
    inactive_anon: ia{1500}
    active_anon: aa{500}
    inactive_file: if{8000}~
    active_file: af{4000}`);
  rig.start('direct', (k, task) => tryToFreePages(k, task, 0, 0xd0));

  rig.passNs(50e6);
  expect(rig.calls('flusher')).toEqual(['64']);
  rig.passNs(100e6);
  expect(rig.calls('flusher')).toEqual(['64', '128']);
});

test('R3.18 without free swap only file is scanned, whatever the rest says', () => {
  const k = withLengths([32 << 6, 32 << 6, 32 << 6, 32 << 6], 'free 2 high 100000 swap 0');

  expect(countsAt(k, 6)).toEqual([0, 0, 32, 32]);
});

test('R3.18 may_swap = 0 acts as no swap space does', () => {
  const k = withLengths([6400, 6400, 6400, 6400]);
  const counts = getScanCount(k, k.m.zone.lru, { ...k.task(0).sc, priority: 6, maySwap: false });

  expect(Array.from(counts)).toEqual([0, 0, 100, 100]);
});

test('R3.18 file + free at the high mark: anon only; one page more and both are scanned', () => {
  const at = (free: number) => countsAt(withLengths([6400, 0, 900, 0], `free ${free} high 1000 swap 8192`), 5);

  expect(at(100)).toEqual([200, 0, 0, 0]);
  expect(at(101)[0]).toBeLessThan(200);
});

test('R3.18 R6.2 a memcg does not have that rule', () => {
  const rig = machineFromText('free 10 high 1000 swap 8192\n memcg tiny 100000');
  const set = rig.k.m.memcgs[1]!.lru;
  set.lengths.set([6400, 0, 900, 0]);

  const counts = getScanCount(rig.k, set, { ...rig.k.task(0).sc, memcg: 1, priority: 5 });

  expect(Array.from(counts)).toEqual([Math.floor((200 * 61) / 203), 0, 0, 0]);
});

test.each([
  [25, [25, 8]],
  [26, [13, 4]],
])('R3.18 recent counts halve once recent_scanned passes a quarter of 100 pages: %i → %j', (scanned, after) => {
  const k = withLengths([60, 40, 6400, 0]);
  k.m.zone.lru.recentScanned[0] = scanned;
  k.m.zone.lru.recentRotated[0] = 8;

  countsAt(k, 6);

  expect([k.m.zone.lru.recentScanned[0], k.m.zone.lru.recentRotated[0]]).toEqual(after);
});

test('R3.18 what was rotated lowers the pressure: rotated = scanned leaves the priorities 61 : 141', () => {
  const k = withLengths([64000, 0, 64000, 0]);
  k.m.zone.lru.recentScanned.set([100, 999]);
  k.m.zone.lru.recentRotated.set([100, 99]);

  // ap = 61, fp = 141 · 1000 / 100 = 1410, denominator 1472
  expect(countsAt(k, 6)).toEqual([Math.floor((1000 * 61) / 1472), 0, Math.floor((1000 * 1410) / 1472), 0]);
});

test('R3.19 at prio 0 with swap whole lists are scanned and the fraction is ignored', () => {
  const k = withLengths([500, 40, 8000, 31]);

  expect(countsAt(k, 0)).toEqual([500, 40, 8000, 0]);
  expect(saved(k)).toEqual([0, 0, 0, 31]);
});

test('R3.19 at prio 0 without swap anon stays out', () => {
  expect(countsAt(withLengths([500, 40, 8000, 32], 'free 2000 swap 0'), 0)).toEqual([0, 0, 8000, 32]);
});

test('R3.19 I16 an accumulator keeps 31 and gives 32 away whole', () => {
  const k = withLengths([0, 0, 31, 0], 'free 2000 swap 0');

  expect([countsAt(k, 0), saved(k)]).toEqual([
    [0, 0, 0, 0],
    [0, 0, 31, 0],
  ]);
  expect([countsAt(k, 0), saved(k)]).toEqual([
    [0, 0, 62, 0],
    [0, 0, 0, 0],
  ]);
});

test.each([
  [[0, 0, 40, 40], false],
  [[0, 0, 39, 40], true],
])('R3.11 file lists %j: inactive is low %s', (lengths, low) => {
  const k = withLengths(lengths);

  expect(inactiveIsLow(k, k.m.zone.lru, k.task(0).sc, true)).toBe(low);
});

test.each([
  ['512 MiB', 131072, 100, false],
  ['512 MiB', 131072, 101, true],
  ['1 GiB', 262144, 300, false],
  ['1 GiB', 262144, 301, true],
  ['10 GiB', 2621440, 1000, false],
  ['10 GiB', 2621440, 1001, true],
])('R3.11 %s (%i pages): 100 inactive against %i active anon pages is low %s', (_size, present, active, low) => {
  const k = withLengths([100, active, 0, 0], `free 2000 present ${present}`);

  expect(inactiveIsLow(k, k.m.zone.lru, k.task(0).sc, false)).toBe(low);
});

test('R3.11 the ratio is 1 below 1 GiB, 3 at 1, 4 at 2, 10 at 10', () => {
  expect([0, 1, 2, 10].map(inactiveRatio)).toEqual([1, 3, 4, 10]);
});

test('R3.11 a memcg is measured by its own anon pages', () => {
  const { k } = machineFromText('free 10 present 2621440\n memcg tiny 9');
  const set = k.m.memcgs[1]!.lru;
  set.lengths.set([100, 101, 0, 0]);

  expect(inactiveIsLow(k, set, { ...k.task(0).sc, memcg: 1 }, false)).toBe(true);
});

test('R6.2 a scan of a memcg works on its lists, the other on the zone', () => {
  const { k } = machineFromText('free 10\n memcg tiny 9');

  expect(lruSetOf(k, { ...k.task(0).sc, memcg: 1 })).toBe(k.m.memcgs[1]!.lru);
  expect(lruSetOf(k, k.task(0).sc)).toBe(k.m.zone.lru);
});

test('R6.10 a group of 12 800 file pages: 3 pages at prio 12, the first scan is at prio 9', () => {
  const { k } = machineFromText('free 10 swap 0\n memcg tiny 20000');
  const set = k.m.memcgs[1]!.lru;
  set.lengths.set([0, 0, 12800, 0]);
  const scans = [12, 11, 10, 9, 8].map((priority) => {
    return getScanCount(k, set, { ...k.task(0).sc, memcg: 1, priority })[2];
  });

  expect(scans).toEqual([0, 0, 0, 46, 50]);
});

test.each([
  [0, 1, 201],
  [60, 61, 141],
  [100, 101, 101],
])('E15 R3.18 swappiness %i with equal histories: anon and file are scanned %i : %i', (swappiness, anon, file) => {
  const k = withLengths([203 << 6, 0, 203 << 6, 0]);
  k.m.sysctl.swappiness = swappiness;

  expect(countsAt(k, 1).map((count) => count / 32)).toEqual([anon, 0, file, 0]);
});
