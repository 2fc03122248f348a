import { expect, test } from 'vitest';
import { commitCharge, isBelowHighWmark } from '../machine/memcg.ts';
import { PF_KSWAPD, PF_SWAPWRITE, type Task } from '../machine/task.ts';
import { WAIT_MEMCG_KSWAPD } from '../machine/waits.ts';
import { type DrawingOptions, type Drawn, machineFromText } from '../machine-from-text.ts';
import { enter } from '../sim/kthread.ts';
import { createMemcgKswapdFrame, memcgKswapdMain } from './memcg-kswapd.ts';

// A kswapd per memory cgroup, after Ying Han's V6 (history.md §5.2).

const MS = 1e6;
const WITH_KSWAPD: DrawingOptions = {
  answers: { memcgCleaner: 'kswapd' },
  sysctl: { memcgLowWmarkDistance: 40, memcgHighWmarkDistance: 100 },
};

/** A group of 1000 pages with its kswapd asleep. */
function asleep(used: number, options: DrawingOptions = WITH_KSWAPD, marks = ''): { rig: Drawn; kswapd: Task } {
  const rig = machineFromText(`free 9 swap 0\n memcg a 1000\n inactive_file: p{${used}}&${marks}`, options);
  const kswapd = rig.start(
    'kswapd',
    (_k, t) => enter(t, memcgKswapdMain, createMemcgKswapdFrame()),
    (t) => {
      t.memcg = 1;
      t.flags = PF_SWAPWRITE | PF_KSWAPD;
    },
  ).t;
  rig.passNs(1 * MS);
  expect(kswapd.waitKind).toBe(WAIT_MEMCG_KSWAPD);
  return { rig, kswapd };
}

/** One more charge or uncharge, which is the 1024th. */
function look({ k, pfnsOf }: Drawn, rig: Drawn): void {
  const pfn = pfnsOf.call(rig, 'inactive_file')[0]!;
  k.m.memcgs[1]!.events = 1023;
  k.lru.leaveMemcg(pfn);
  commitCharge(k, pfn, 1);
  k.lru.joinMemcg(pfn);
}

test('it is woken above the low watermark, 40 below the limit, and stops below the high one, 100 below', () => {
  for (const [used, wakes] of [
    [959, false],
    [960, true],
  ] as const) {
    const { rig, kswapd } = asleep(used);
    look(rig, rig);
    rig.passNs(500 * MS);

    expect(rig.vm.memcg_kswapd_wakeups).toBe(wakes ? 1 : 0);
    expect(kswapd.waitKind).toBe(WAIT_MEMCG_KSWAPD);
    if (!wakes) continue;
    expect(isBelowHighWmark(rig.k, 1)).toBe(true);
    expect(rig.k.m.memcgs[1]!.usagePages).toBeGreaterThan(900 - 64); // a batch below it, not more
    expect(rig.vm).toMatchObject({ memcg_reclaims: 0, pgscan_kswapd: 0, kswapd_wake_requests: 0 });
    expect(rig.vm.memcg_kswapd_pages_reclaimed).toBe(960 - rig.k.m.memcgs[1]!.usagePages);
  }
});

test('the watermarks are looked at every 1024 charges and uncharges only; a distance of 0 turns it off', () => {
  const { rig } = asleep(990);
  rig.k.m.memcgs[1]!.events = 5;
  const pfn = rig.pfnsOf('inactive_file')[0]!;
  rig.k.lru.leaveMemcg(pfn);
  commitCharge(rig.k, pfn, 1);
  rig.k.lru.joinMemcg(pfn);
  rig.passNs(500 * MS);
  expect(rig.vm.memcg_kswapd_wakeups).toBe(0);

  const off = asleep(990, { ...WITH_KSWAPD, sysctl: { memcgLowWmarkDistance: 0, memcgHighWmarkDistance: 0 } });
  look(off.rig, off.rig);
  off.rig.passNs(500 * MS);
  expect(off.rig.vm.memcg_kswapd_wakeups).toBe(0);
});

test('it writes as kswapd does, also where tasks at the limit write nothing', () => {
  const { rig } = asleep(980, { ...WITH_KSWAPD, kernel: 'rfc-v1' }, '!');
  look(rig, rig);
  rig.passNs(2000 * MS);

  expect(rig.vm.written_by_kswapd).toBeGreaterThan(0);
  expect(rig.vm.written_by_memcg).toBe(0);
  expect(isBelowHighWmark(rig.k, 1)).toBe(true);
});

test('a round of priorities that frees nothing ends it: it sleeps until the next look', () => {
  const { rig, kswapd } = asleep(980, { ...WITH_KSWAPD, serviceNs: 1e15 }, '~');
  look(rig, rig);
  rig.passNs(3000 * MS);

  expect(rig.vm.memcg_kswapd_wakeups).toBe(1);
  expect(rig.vm.memcg_kswapd_pages_scanned).toBeGreaterThanOrEqual(980);
  expect(kswapd.waitKind).toBe(WAIT_MEMCG_KSWAPD);
});
