import { expect, test } from 'vitest';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { WAIT_CONGESTION, WAIT_KSWAPD } from '../machine/waits.ts';
import { type DrawingOptions, type Drawn, machineFromText } from '../machine-from-text.ts';
import { balancePgdat } from './balance-pgdat.ts';
import { wakeupKswapd } from './kswapd.ts';
import { reclaimablePages } from './scan-count.ts';

const MS = 1e6;
const balance = (k: Kernel, t: Task) => balancePgdat(k, t, 0);
const MARKS = 'min 10 low 20 high 30 swap 0';

/** A machine whose kswapd is in its full sleep. */
function asleep(text: string, options: DrawingOptions = {}): { rig: Drawn; kswapd: Task } {
  const rig = machineFromText(text, options);
  const { zone } = rig.k.m;
  const { min, low, high } = zone;
  Object.assign(zone, { min: 0, low: 0, high: 0 }); // nothing to do yet
  const kswapd = rig.startKswapd();
  rig.passNs(200 * MS);
  Object.assign(zone, { min, low, high });
  expect(kswapd.waitKind).toBe(WAIT_KSWAPD);
  return { rig, kswapd };
}
/** Takes free pages away, as an allocation would. */
function use(rig: Drawn, pages: number): void {
  for (let left = pages; left > 0; left--) {
    const pfn = rig.k.buddy.alloc(0);
    rig.k.pages.reset(pfn);
    rig.k.pages.setReserved(pfn);
  }
}

test('R3.33 wakeup_kswapd() does nothing while the zone passes LOW', () => {
  const { rig } = asleep(`${MARKS} free 21\n inactive_file: p{100}`);

  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);

  expect(rig.vm.kswapd_wake_requests).toBe(0);
  expect(rig.events('wakeupKswapd')).toEqual([]);
});

test('R3.33 at LOW it records the order, fires the tracepoint and wakes kswapd, which runs at once', () => {
  const { rig } = asleep(`${MARKS} free 20\n inactive_file: p{4000}`);

  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);
  rig.passNs(10 * MS);

  expect(rig.events('wakeupKswapd').map((args) => args.slice(0, 3))).toEqual([[0, 0, 0]]);
  expect(rig.vm).toMatchObject({ kswapd_wake_requests: 1, kswapd_wakeups: 1 });
  expect(rig.free).toBeGreaterThan(30);
});

test('R3.33 a request while kswapd is awake counts and is traced, but is no wakeup', () => {
  const { rig } = asleep(`${MARKS} free 20\n inactive_file: p{4000}`);

  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);
  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);
  rig.passNs(10 * MS);

  expect(rig.vm).toMatchObject({ kswapd_wake_requests: 2, kswapd_wakeups: 1 });
});

test('R3.34 after its work kswapd naps 100 ms and then sleeps fully; only that is the tracepoint kswapd_sleep', () => {
  const { rig, kswapd } = asleep(`${MARKS} free 20\n inactive_file: p{4000}`);
  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);
  const sleeps = rig.events('kswapdSleep').length;

  rig.passNs(50 * MS);
  const { sleptAtNs } = kswapd;
  expect(rig.events('kswapdSleep').length).toBe(sleeps);

  rig.passNs(sleptAtNs + 100 * MS - rig.k.nowNs);
  expect(rig.events('kswapdSleep').length).toBe(sleeps + 1);
  expect(kswapd.sleptAtNs).toBe(sleptAtNs + 100 * MS);
});

test('R3.34 woken out of the short nap: KSWAPD_LOW_WMARK_HIT_QUICKLY, and the balance runs again', () => {
  const { rig } = asleep(`${MARKS} free 20\n inactive_file: p{4000}`);
  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);
  rig.passNs(50 * MS);
  const runs = rig.vm.pageoutrun;

  use(rig, rig.free - 20);
  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);
  rig.passNs(1 * MS);

  expect(rig.vm).toMatchObject({
    kswapd_low_wmark_hit_quickly: 1,
    kswapd_high_wmark_hit_quickly: 0,
    kswapd_wakeups: 1,
  });
  expect(rig.vm.pageoutrun).toBe(runs + 1);
});

test('R3.34 the nap over and the zone below HIGH again: KSWAPD_HIGH_WMARK_HIT_QUICKLY, not a full sleep', () => {
  const { rig } = asleep(`${MARKS} free 20\n inactive_file: p{4000}`);
  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);
  rig.passNs(50 * MS);
  const sleeps = rig.events('kswapdSleep').length;

  use(rig, rig.free - 25); // above LOW: nobody wakes kswapd
  rig.passNs(60 * MS);

  expect(rig.vm).toMatchObject({ kswapd_low_wmark_hit_quickly: 0, kswapd_high_wmark_hit_quickly: 1 });
  expect(rig.events('kswapdSleep').length).toBe(sleeps);
});

test('R3.34 a zone flagged all_unreclaimable counts as fine: kswapd sleeps below HIGH', () => {
  const { rig, kswapd } = asleep(`${MARKS} free 20\n inactive_file: p{40}@`);
  rig.k.m.zone.allUnreclaimable = true;
  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);

  rig.passNs(300 * MS);

  expect(rig.free).toBe(20);
  expect(kswapd.waitKind).toBe(WAIT_KSWAPD);
  expect(rig.events('kswapdSleep').length).toBe(2);
});

test('R3.34 a larger order asked for meanwhile runs at once', () => {
  const { rig } = asleep(`${MARKS} free 20\n inactive_file: p{400}`);
  wakeupKswapd(rig.k, rig.k.task(0), 0, 0);
  rig.passNs(0.01 * MS); // it isolates its first batch
  rig.k.m.kswapd.maxOrder = 2;

  rig.passNs(5 * MS);

  expect(rig.events('kswapdWake').map(([, order]) => order)).toEqual([0, 2]);
  expect(rig.events('kswapdSleep').length).toBe(1);
});

test('R3.30 the run ends at once when the zone passes HIGH', () => {
  const rig = machineFromText(`${MARKS} free 31\n inactive_file: p{40}`);

  rig.run('kswapd', balance);

  expect(rig.vm).toMatchObject({ pageoutrun: 1, pgscan_kswapd: 0 });
});

test('R3.30 at HIGH it works until the zone is above it, and starts at prio 12 again after 32 freed', () => {
  const rig = machineFromText('min 10 low 20 high 95 swap 0 free 30\n inactive_file: p{4000}');

  rig.run('kswapd', balance);

  expect(rig.free).toBeGreaterThan(95);
  expect(rig.vm.pageoutrun).toBeGreaterThan(1);
  expect(rig.vm.kswapd_steal).toBe(rig.free - 30);
});

test('R3.30 each priority first ages 32 active anon pages if inactive anon is low, with or without swap', () => {
  const rig = machineFromText(`${MARKS} free 31\n active_anon: p{40}`);

  rig.run('kswapd', balance);

  expect(rig.vm).toMatchObject({ pgdeactivate: 32, pgscan_kswapd: 0 });
});

test('R3.30 below MIN no nap: KSWAPD_SKIP_CONGESTION_WAIT', () => {
  const rig = machineFromText('min 10 low 20 high 30 swap 0 free 5\n inactive_file: p{300}~');

  rig.start('kswapd', balance);
  rig.passNs(1 * MS);

  expect(rig.vm.kswapd_skip_congestion_wait).toBeGreaterThan(0);
});

test('R3.30 R3.35 between MIN and HIGH it naps 100 ms at every priority below 10 after scanning', () => {
  const rig = machineFromText(`${MARKS} free 15\n inactive_file: p{300}~`);

  const { t } = rig.start('kswapd', balance);
  rig.passNs(1 * MS);
  expect([t.sc.priority, t.waitKind]).toEqual([4, WAIT_CONGESTION]);

  rig.passNs(100 * MS);
  expect([t.sc.priority, t.waitKind]).toEqual([3, WAIT_CONGESTION]);
});

test('R3.31 6 scans of everything reclaimable flag the zone, and then kswapd can rest', () => {
  const rig = machineFromText(`${MARKS} free 5\n inactive_file: p{64}~`);

  const { t } = rig.start('kswapd', balance);
  rig.passNs(2000 * MS);

  expect(rig.k.m.zone.allUnreclaimable).toBe(true);
  expect(rig.k.m.zone.pagesScanned).toBeGreaterThanOrEqual(6 * 64);
  expect(t.state).toBe(2);
});

test('R3.30 R3.31 one page short of the flag at prio 1: flagged by that scan, the zone is passed over at prio 0', () => {
  const priorities: number[] = [];
  const throttleVmWriteout = (k: Kernel, t: Task) => {
    if (k.m.zone.pagesScanned > 6 * 64 - 1) priorities.push(t.sc.priority);
    return 0;
  };
  const rig = machineFromText(`${MARKS} free 5\n inactive_file: p{64}~`, { call: { throttleVmWriteout } });
  rig.k.m.zone.pagesScanned = 6 * 64 - 1;

  rig.run('kswapd', balance); // 64 >> prio adds up to 63 at prio 1

  expect(priorities).toEqual([1]);
});

test('R3.31 a page freed to the buddy lists clears the flag and the count', () => {
  const rig = machineFromText('free 4\n inactive_file: a');
  Object.assign(rig.k.m.zone, { allUnreclaimable: true, pagesScanned: 999 });

  rig.run('task', (k, t) => k.call.truncatePages(k, t, rig.space('A'), 0));

  expect(rig.k.m.zone).toMatchObject({ allUnreclaimable: false, pagesScanned: 0 });
});

test.each([
  ['swap 64', 7],
  ['swap 0', 3],
])('R3.31 reclaimable(zone) with %s is %i of 3 file and 4 anon pages', (swap, pages) => {
  const rig = machineFromText(
    `free 4 ${swap}\n inactive_anon: ia{2}\n active_anon: aa{2}\n inactive_file: if{2}\n active_file: af`,
  );

  expect(reclaimablePages(rig.k)).toBe(pages);
});

test('R3.30 in laptop mode kswapd writes only after more than 64 scanned and 1.5 × reclaimed', () => {
  const rig = machineFromText(`${MARKS} free 15\n inactive_file: p{300}!`, { sysctl: { laptopMode: true } });

  const { t } = rig.start('kswapd', balance);
  rig.passNs(1 * MS); // prio 4: 64 scanned
  expect([t.sc.totalScanned, t.sc.mayWritepage]).toEqual([64, false]);

  rig.passNs(100 * MS);
  expect(t.sc.totalScanned).toBeGreaterThan(64);
  expect(t.sc.mayWritepage).toBe(true);
});

test('R3.30 fewer than 32 freed at the end of all priorities: the high order is given up', () => {
  const rig = machineFromText(`${MARKS} free 40\n inactive_file: p{10}~`);
  use(rig, 8);
  const { t } = rig.start('kswapd', (k, task) => balancePgdat(k, task, 3));

  rig.passNs(2000 * MS);

  expect(t.sc.order).toBe(0);
});

test('R3.32 kswapd never wakes the flusher', () => {
  const rig = machineFromText(`${MARKS} free 15\n inactive_file: p{300}!`);

  rig.start('kswapd', balance);
  rig.passNs(2000 * MS);

  expect(rig.vm.pgscan_kswapd).toBeGreaterThan(100);
  expect(rig.calls('flusher')).toEqual([]);
});

test('R3.35 naps of direct reclaim and of kswapd end together with one freed request', () => {
  const rig = machineFromText(`${MARKS} free 15\n inactive_file: p{300}~`, { serviceNs: 20 * MS });
  const naps = [
    rig.start('kswapd', balance),
    rig.start('direct', (k, t) => k.call.tryToFreePages(k, t, 0, GFP_KERNEL)),
  ].map(({ t }) => t);
  rig.passNs(1 * MS);
  expect(naps.map(({ waitKind }) => waitKind)).toEqual([WAIT_CONGESTION, WAIT_CONGESTION]);
  const asleepSince = () => naps.map(({ sleptAtNs }) => sleptAtNs);
  const before = asleepSince();

  rig.start('task', (k, t) =>
    k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: 0, pfns: [rig.pfn('p1')] }),
  );
  rig.passNs(22 * MS);
  expect(asleepSince()).toEqual(before);
  rig.passNs(2 * MS); // 3 ms in the plug, 20 ms on the disk
  expect(asleepSince().every((ns) => ns > 23 * MS)).toBe(true);
});
