import { expect, test } from 'vitest';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { machineFromText } from '../machine-from-text.ts';
import { tryToFreeMemCgroupPages, tryToFreePages } from './direct.ts';

const MS = 1e6;
const reclaim = (k: Kernel, t: Task) => tryToFreePages(k, t, 0, GFP_KERNEL);
const reclaimMemcg = (k: Kernel, t: Task) => tryToFreeMemCgroupPages(k, t, 1, GFP_KERNEL);
/** A priority loop from 12 to 0 in which every list is below 32 >> 12 pages naps only where something is scanned. */
const ALL_KEPT = 'free 4 swap 0\n inactive_file: p{40}~';

test('R3.27 32 freed pages end the loop: nothing else is scanned, no flusher, no nap', () => {
  const rig = machineFromText('free 4 swap 0\n inactive_file: p{40000}\n file A 40000');

  expect(rig.run('direct', reclaim)).toBe(32);
  expect(rig.vm).toMatchObject({ allocstall: 1, pgscan_direct: 32, direct_pages_reclaimed: 32 });
  expect(rig.calls('flusher')).toEqual([]);
  expect(rig.k.nowNs).toBeLessThan(1 * MS);
});

test('R3.27 the trace shows what was asked and what was freed', () => {
  const rig = machineFromText('free 4 swap 0\n inactive_file: p{40}');

  rig.run('direct', (k, t) => tryToFreePages(k, t, 0, 0xd0));

  expect(rig.events('directReclaimBegin')[0]!.slice(0, 3)).toEqual([0, 1, 0xd0]);
  expect(rig.events('directReclaimEnd')[0]![0]).toBe(32);
});

test('R3.27 R3.28 every priority after more than 48 pages scanned in all wakes the flusher, with the running total', () => {
  // 300 pages: prio 3 scans 37 (two batches: 64), 2: 75 (96), 1: 150 (160), 0: all (320).
  const rig = machineFromText('free 4 swap 0\n inactive_file: p{300}~');

  rig.run('direct', reclaim);

  const totals = rig.calls('flusher').map(Number);
  expect(totals.every((total, at) => total > (totals[at - 1] ?? 48))).toBe(true);
  expect(totals.at(-1)).toBe(rig.vm.pgscan_direct);
});

test('R3.27 R3.28 48 pages scanned wake nobody; 50 wake the flusher at each of the 13 priorities', () => {
  const wakeUps = (pages: number) => {
    const rig = machineFromText(`free 4 swap 0\n inactive_file: p{${pages}}~`);
    rig.k.m.zone.allUnreclaimable = true; // only prio 12 scans: twice the list, until 32 pages are scanned
    rig.k.m.zone.lru.savedScan[2] = 32;
    rig.run('direct', reclaim);
    return rig.calls('flusher');
  };

  expect(wakeUps(24)).toEqual([]);
  expect(wakeUps(25)).toEqual(Array(13).fill('50'));
});

test('R3.27 crossing the threshold turns may_writepage on in laptop mode', () => {
  const rig = machineFromText('free 4 swap 0\n inactive_file: p{300}!', { sysctl: { laptopMode: true } });

  const { t } = rig.start('direct', reclaim);
  rig.passNs(10e9);

  expect(t.sc.mayWritepage).toBe(true);
  expect(rig.calls('writepage').length).toBeGreaterThan(0);
  expect(rig.calls('flusher')[0]).toBe('0');
});

test('R3.27 naps of 100 ms at every priority below 10 that scanned something', () => {
  const rig = machineFromText('free 4 swap 0\n inactive_file: p{300}~');

  rig.run('direct', reclaim);

  // 300 >> prio adds up to 34 at prio 4; then every priority scans: 4, 3, 2, 1 and 0.
  expect(Math.floor(rig.k.nowNs / (100 * MS))).toBe(5);
});

test('R3.27 a priority that scans at 10 does not nap', () => {
  const rig = machineFromText('free 4 swap 0\n file A 33000\n inactive_file: p{32768}~');

  const { t } = rig.start('direct', reclaim);
  rig.passNs(1 * MS);

  // 32768 >> 12 is 8, >> 11 is 16, >> 10 is 32: the first scan is at 10; the nap comes at 9.
  expect(t.sc.priority).toBe(9);
  expect(rig.vm.pgscan_direct).toBe(64 + 64);
});

test('R3.35 R3.27 the nap ends with the next async request freed on an uncongested disk', () => {
  const rig = machineFromText('free 4 swap 0\n inactive_file: p{40}~', { serviceNs: 20 * MS });
  const { t } = rig.start('direct', reclaim);
  rig.passNs(1 * MS);
  expect(t.waitKind).toBe(4);
  const napping = t.sc.priority;

  rig.start('task', (k, task) =>
    k.call.submitBio(k, task, { write: true, sync: true, disk: 0, sector: 0, pfns: [rig.pfn('p1')] }),
  );
  rig.passNs(21 * MS); // a write of the sync class: not this queue
  expect(t.sc.priority).toBe(napping);

  rig.start('task', (k, task) =>
    k.call.submitBio(k, task, { write: true, sync: false, disk: 0, sector: 800, pfns: [rig.pfn('p2')] }),
  );
  rig.passNs(24 * MS); // 3 ms in the plug, 20 ms on the disk
  expect(t.sc.priority).toBe(napping - 1);
});

test('R3.35 with no async write in flight the nap lasts its 100 ms', () => {
  const rig = machineFromText(ALL_KEPT);
  const { t } = rig.start('direct', reclaim);
  rig.passNs(1 * MS);
  const { sc, sleptAtNs } = t;
  const priority = sc.priority;

  rig.passNs(sleptAtNs + 100 * MS - 1 - rig.k.nowNs);
  expect(sc.priority).toBe(priority);
  rig.passNs(1 * MS);
  expect(sc.priority).toBeLessThan(priority);
});

test('R1.13 R3.27 nothing freed: 1 as long as the zone is not flagged all_unreclaimable, else 0', () => {
  const answer = (flagged: boolean) => {
    const rig = machineFromText(ALL_KEPT);
    rig.k.m.zone.allUnreclaimable = flagged;
    return rig.run('direct', reclaim);
  };

  expect([answer(false), answer(true)]).toEqual([1, 0]);
});

test('R3.27 fewer than 32 freed: the number', () => {
  const rig = machineFromText('free 4 swap 0\n inactive_file: p{20}');

  expect(rig.run('direct', reclaim)).toBe(20);
});

test('R3.29 a flagged zone is scanned at prio 12 only', () => {
  const scanned = (flagged: boolean) => {
    const rig = machineFromText(ALL_KEPT);
    rig.k.m.zone.allUnreclaimable = flagged;
    rig.k.m.zone.lru.savedScan[2] = 33;
    rig.run('direct', reclaim);
    return rig.vm.pgscan_direct;
  };

  expect(scanned(true)).toBe(64);
  expect(scanned(false)).toBeGreaterThan(64);
});

test('R3.29 memcg reclaim never skips', () => {
  const rig = machineFromText('free 4 swap 0\n memcg tiny 99\n inactive_file: p{40}~&');
  rig.k.m.zone.allUnreclaimable = true;

  rig.run('memcg', reclaimMemcg);

  expect(rig.vm.memcg_pages_scanned).toBeGreaterThan(40);
});

test('R6.2 R6.5 memcg reclaim: no ALLOCSTALL, no trace, no fake progress; it naps and wakes the flusher all the same', () => {
  const rig = machineFromText('free 4 swap 0\n memcg tiny 999\n inactive_file: p{300}~&');

  expect(rig.run('memcg', reclaimMemcg)).toBe(0);

  expect(rig.vm).toMatchObject({ allocstall: 0, memcg_reclaims: 1, kswapd_wake_requests: 0 });
  expect(rig.events('directReclaimBegin')).toEqual([]);
  expect(rig.calls('flusher').length).toBeGreaterThan(0);
  expect(rig.vm.memcg_stall_ns).toBeGreaterThan(100 * MS);
});

test('R6.5 memcg reclaim aims at 32 pages and has no PF_MEMALLOC', () => {
  const rig = machineFromText('free 4 swap 0\n memcg tiny 999\n inactive_file: p{300}&');
  let flags = -1;

  const freed = rig.run('memcg', (k, t) => {
    flags = t.flags;
    return reclaimMemcg(k, t);
  });

  expect(freed).toBe(32);
  expect(flags & 1).toBe(0);
});

test('E29 memcg reclaim frees pages of its group only', () => {
  const rig = machineFromText('free 4 swap 0\n memcg tiny 999\n inactive_file: a b{40}& c{5}');

  rig.run('memcg', reclaimMemcg);

  expect(rig.page('a')).toBe('a');
  expect(rig.page('c5')).toBe('c5');
  expect(rig.k.m.memcgs[1]!.usagePages).toBe(8);
});

test('§8.1 R6.2 hard-limit reclaim of a memory cgroup has its own begin and end events, with order 0', () => {
  const rig = machineFromText('free 4\n memcg tiny 99\n inactive_file: c{40}&');

  rig.run('memcg', (k, t) => tryToFreeMemCgroupPages(k, t, 1, GFP_KERNEL));

  expect(rig.events('memcgReclaimBegin').map((args) => args.slice(0, 3))).toEqual([[0, 1, GFP_KERNEL]]);
  expect(rig.events('memcgReclaimEnd')[0]![0]).toBeGreaterThanOrEqual(32);
  expect([rig.events('directReclaimBegin'), rig.events('directReclaimEnd')]).toEqual([[], []]);
});
