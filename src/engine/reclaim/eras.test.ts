import { expect, test } from 'vitest';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Answers } from '../machine/policy.ts';
import type { Task } from '../machine/task.ts';
import { ASYNC, WAIT_CONGESTION, WAIT_PFMEMALLOC } from '../machine/waits.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { balancePgdat } from './balance-pgdat.ts';
import { tryToFreeMemCgroupPages, tryToFreePages } from './direct.ts';
import { getScanCount, lruSetOf } from './scan-count.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';
import { shrinkZone } from './shrink-zone.ts';

// What the kernels before and after the series do differently in reclaim (model.md §0.3, §9).

const MS = 1e6;
const reclaim = (k: Kernel, t: Task) => tryToFreePages(k, t, 0, GFP_KERNEL);
const reclaimMemcg = (k: Kernel, t: Task) => tryToFreeMemCgroupPages(k, t, 1, GFP_KERNEL);
/** 113 scattered writes wait for a disk that does not move. */
function congest(rig: Drawn): void {
  for (let page = 1; page <= 113; page++) {
    const bio = { write: true, sync: false, disk: 0, sector: page * 800, pfns: [rig.pfn(`p${page}`)] };
    rig.run('task', (k, t) => k.call.submitBio(k, t, bio));
  }
  expect(rig.k.m.bdis[0]!.congested[ASYNC]).toBe(true);
}
const BUSY = 'free 4 swap 0\n inactive_file: p{300}~';

test('§0.3-2 R3.18 E15 2.6.34 splits in whole per cent: at swappiness 0 anon gets nothing, 2.6.35 a 203rd', () => {
  const counts = (scanSplit: string, swappiness: number) => {
    const text = 'free 4 swap 64\n file A 8192\n inactive_file: p{8192}\n inactive_anon: a{8192}';
    const { k } = machineFromText(text, { answers: { scanSplit }, sysctl: { swappiness } });
    const { sc } = k.task(0);
    sc.priority = 1;
    const nr = getScanCount(k, lruSetOf(k, sc), sc);
    return [nr[0], nr[2]];
  };
  expect(counts('percent', 0)).toEqual([0, 4096]);
  expect(counts('fraction', 0)).toEqual([0, Math.floor((4096 * 201) / 203)]); // 20 pages wait for the 32
  expect(counts('percent', 60)).toEqual([Math.floor((4096 * 30) / 100), Math.floor((4096 * 70) / 100)]);
});

test('§0.3-3 B7 R1.13 2.6.34 tells what was freed: 0 for nothing, for 31 pages of a flagged zone, and for a group', () => {
  const outcome = (answers: Partial<Answers>, pages: string, isFlagged: boolean, bugs = true) => {
    const rig = machineFromText(`free 4 swap 0\n inactive_file: ${pages}`, {
      answers,
      sysctl: { historicalBugs: bugs },
    });
    return rig.run('direct', (k, t) => {
      k.zone.lru.savedScan[2] = 32; // prio 12 scans
      k.zone.allUnreclaimable = isFlagged;
      return reclaim(k, t);
    });
  };
  const v2634 = { reclaimProgress: 'v2.6.34' };
  expect(outcome(v2634, 'p{40}~', false)).toBe(0);
  expect(outcome({}, 'p{40}~', false)).toBe(1);
  expect(outcome(v2634, 'p{40}~', false, false)).toBe(1); // B7 off
  expect(outcome(v2634, 'p{5}', false)).toBe(5);
  expect(outcome(v2634, 'p{40}~', true)).toBe(0);
  const group = (reclaimProgress: string) =>
    machineFromText('free 4 swap 0\n memcg g 100\n inactive_file: p{20}&', { answers: { reclaimProgress } }).run(
      'memcg',
      reclaimMemcg,
    );
  expect([group('v2.6.34'), group('v2.6.35')]).toEqual([0, 20]);
});

test('§9.1 2.6.36 goes by the pages scanned, 2.6.35 and 2.6.39 by the flag that kswapd sets', () => {
  const outcome = (reclaimProgress: string, pagesScanned: number) => {
    const rig = machineFromText('free 4 swap 0\n inactive_file: p{40}~', { answers: { reclaimProgress } });
    rig.k.zone.pagesScanned = pagesScanned;
    return rig.run('direct', reclaim);
  };
  expect([outcome('v2.6.36', 0), outcome('v2.6.36', 240)]).toEqual([1, 0]);
  expect(outcome('v2.6.35', 240)).toBe(1);
});

test('§9.1 R3.35 from 2.6.37 on direct reclaim naps only if a disk is congested and the zone is tagged; kswapd still does', () => {
  const lasts = (reclaimNaps: string, isDiskCongested: boolean, isTagged: boolean) => {
    const rig = machineFromText(BUSY, { answers: { reclaimNaps }, serviceNs: 1e12 });
    if (isDiskCongested) congest(rig);
    rig.k.zone.congested = isTagged;
    const beganNs = rig.k.nowNs;
    rig.run('direct', reclaim);
    return Math.floor((rig.k.nowNs - beganNs) / (100 * MS));
  };
  expect(lasts('v2.6.35', false, false)).toBe(5);
  expect(lasts('v2.6.37', true, true)).toBe(5);
  expect([lasts('v2.6.37', true, false), lasts('v2.6.37', false, true)]).toEqual([0, 0]);
  const rig = machineFromText(`min 2 low 3 high 9\n ${BUSY}`, { answers: { reclaimNaps: 'v2.6.37' } });
  const { t } = rig.start('kswapd', (k, own) => balancePgdat(k, own, 0));
  rig.passNs(50 * MS);
  expect(t.waitKind).toBe(WAIT_CONGESTION);
});

test('§9.2 3.6 a user’s task that finds half of min gone waits until kswapd has refilled it, then reclaims itself', () => {
  const rig = machineFromText('min 40 low 50 high 60 free 20 swap 0\n inactive_file: p{4000}', {
    answers: { reclaimNaps: 'v3.6' },
  });
  const { t } = rig.start('direct', reclaim);
  rig.passNs(100 * MS);
  expect(t.waitKind).toBe(WAIT_PFMEMALLOC);
  const nofs = rig.start('direct', (k, own) => tryToFreePages(k, own, 0, GFP_KERNEL & ~0x80));
  rig.passNs(999 * MS);
  expect(nofs.answer()).toBeUndefined();
  rig.passNs(2 * MS);
  expect(nofs.answer()).toBe(32); // without __GFP_FS a second is enough
  expect(rig.free).toBe(52);
  expect(t.waitKind).toBe(WAIT_PFMEMALLOC); // nobody has woken it yet
  rig.startKswapd();
  rig.passNs(10 * MS);
  expect(t.waitKind).not.toBe(WAIT_PFMEMALLOC);
  const other = machineFromText('min 40 low 50 high 60 free 21 swap 0\n inactive_file: p{4000}', {
    answers: { reclaimNaps: 'v3.6' },
  });
  expect(other.run('direct', reclaim)).toBe(32);
});

test('§9.1 where soft-limit reclaim has brought the zone above high, 2.6.39 shrinks it up to high + min(low, 1 %) only', () => {
  const scanned = (kswapdGap: string) => {
    const text =
      'min 10 low 20 high 30 free 30 swap 0 present 3000\n memcg a 9000 soft 20\n file A 6000\n inactive_file: p{500}& q{5000}';
    const rig = machineFromText(text, { answers: { kswapdGap } });
    rig.k.m.memcgs[1]!.recordedExcess = 480; // 128 pages are freed before the test: 158, above 30 + 20, below 8 × 30
    rig.k.zone.lru.savedScan[2] = 31; // and 5372 >> 12
    rig.run('kswapd', (k, t) => balancePgdat(k, t, 0));
    return rig.vm.pgscan_kswapd;
  };
  expect([scanned('eightfold'), scanned('one-percent')]).toEqual([32, 0]);
});

test('§9.1 R3.8 2.6.37 writes a used anonymous page at once; before it had a lap more, as file pages still have', () => {
  const swapped = (kernel: string) => {
    const rig = machineFromText("free 4 swap 64\n inactive_anon: a!*$'", { kernel });
    rig.run('kswapd', (k, t) => shrinkInactiveList(k, t, 1, false));
    return rig.calls('swap_writepage').length;
  };
  expect([swapped('v2.6.36'), swapped('v3.2')]).toEqual([0, 1]);
  const file = machineFromText('free 4\n inactive_file: a!*', { kernel: 'v3.2' });
  file.run(
    'kswapd',
    (k, t) => shrinkInactiveList(k, t, 1, true),
    ({ sc }) => {
      sc.priority = 0;
    },
  );
  expect(file.calls('writepage')).toEqual([]);
});

test('§9.2 R6.6 B1 3.2: direct reclaim takes from a group over its soft limit first, and what it frees is progress', () => {
  const outcome = (kernel: string) => {
    const text = 'free 4 swap 0\n memcg a 9000 soft 20\n file A 6000\n inactive_file: p{500}& q{4000}';
    const rig = machineFromText(text, { kernel, sysctl: { historicalBugs: true } });
    rig.k.m.memcgs[1]!.recordedExcess = 480;
    const freed = rig.run('direct', reclaim);
    return { freed, ofGroup: 500 - rig.k.m.memcgs[1]!.usagePages, soft: rig.vm.memcg_soft_pages_scanned };
  };
  expect(outcome('v2.6.36')).toMatchObject({ freed: 32, ofGroup: 0, soft: 0 });
  expect(outcome('v3.2')).toMatchObject({ freed: 128, ofGroup: 128, soft: 128 }); // 2.6.36's 32 a call: B1 is gone
});

test('§0.3-1 R3.8 R3.14 2.6.34 honours the references of small blocks, 2.6.35 ignores them once reclaim is lumpy', () => {
  const kept = (kernel: string, order: number, priority: number) => {
    const rig = machineFromText('free 4 swap 0\n inactive_file: a^*', { kernel });
    rig.run(
      'kswapd', // no SYNC pass
      (k, t) => shrinkInactiveList(k, t, 1, true),
      ({ sc }) => {
        const lumpyReclaimMode = rig.k.policy.blockReclaim.isLumpy(order, priority, false); // as shrink_zone() asks
        Object.assign(sc, { order, priority, lumpyReclaimMode });
      },
    );
    return rig.page('a') !== 'a gone';
  };
  expect([kept('v2.6.34', 2, 0), kept('v2.6.35-rc2', 2, 0)]).toEqual([true, false]);
  expect([kept('v2.6.34', 4, 0), kept('v2.6.35-rc2', 4, 0)]).toEqual([false, false]);
  expect(kept('v6.1', 4, 0)).toBe(true); // no lumpy reclaim
});

test('§0.3-5 R2.3 2.6.34 puts a freed block at the head though its next larger buddy is free', () => {
  const next = (freedBlock: string) => {
    const rig = machineFromText('free 16 swap 0', { answers: { freedBlock } });
    const { buddy } = rig.k;
    const frames = Array.from({ length: 16 }, () => buddy.alloc(0));
    // 10 lies alone; 12 and 13 make a block of two whose larger buddy, 14 and 15, is free.
    for (const pfn of [14, 15, 10, 12]) {
      buddy.free(frames[pfn]!, 0, rig.k.policy.freedBlock.waitsToMerge);
    }
    return frames.indexOf(buddy.alloc(0));
  };
  expect([next('head'), next('tail')]).toEqual([12, 10]);
});

test('§9.1 from 2.6.38 on reclaim is lumpy only on a machine without compaction; 2.6.34 has none and is always', () => {
  const isLumpy = (blockReclaim: string, compaction: boolean) => {
    const text = 'free 4 swap 0\n file A 6000\n inactive_file: p{4000}';
    const rig = machineFromText(text, { answers: { blockReclaim }, config: { compaction } });
    rig.k.zone.lru.savedScan[2] = 31;
    const { t } = rig.start('kswapd', shrinkZone, ({ sc }) => {
      Object.assign(sc, { order: 4, priority: 11 });
    });
    rig.passNs(10);
    return t.sc.lumpyReclaimMode;
  };
  expect(['v2.6.34', 'v2.6.35', 'v2.6.38', 'none'].map((id) => isLumpy(id, true))).toEqual([true, true, false, false]);
  expect(['v2.6.34', 'v2.6.35', 'v2.6.38', 'none'].map((id) => isLumpy(id, false))).toEqual([true, true, true, false]);
});
