import { expect, test } from 'vitest';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { type DrawingOptions, type Drawn, machineFromText } from '../machine-from-text.ts';
import { balancePgdat } from './balance-pgdat.ts';
import { memCgroupSoftLimitReclaim } from './memcg-soft-limit.ts';

const soft = (k: Kernel, t: Task) => memCgroupSoftLimitReclaim(k, t, 0, GFP_KERNEL);
const BUGS: DrawingOptions = { sysctl: { historicalBugs: true } };
/** Two groups over their soft limits, the second one more so. */
const TWO = 'free 9 swap 0\n memcg a 900 soft 60\n memcg b 900 soft 20\n';

/** As the tree was last refreshed. */
function record(rig: Drawn, ...excess: number[]): void {
  excess.forEach((pages, at) => {
    rig.k.m.memcgs[at + 1]!.recordedExcess = pages;
  });
}
const usages = ({ k }: Drawn) => k.m.memcgs.slice(1).map(({ usagePages }) => usagePages);

test('E31 R6.6 the group of largest recorded excess is shrunk, whatever its excess is by now', () => {
  const rig = machineFromText(`${TWO}inactive_file: p{100}& q{100}&2`);
  record(rig, 70, 30);

  rig.run('kswapd', soft);

  expect(usages(rig)).toEqual([68, 100]); // at the second visit 32 are a quarter of the excess
  expect(rig.k.m.memcgs.map(({ recordedExcess }) => recordedExcess)).toEqual([0, 8, 30]); // back in the tree, with what is left
});

test('R6.6 a group that is no longer over its soft limit is left out, and stays out', () => {
  const rig = machineFromText(`${TWO}inactive_file: p{50}& q{100}&2`);
  record(rig, 70, 30);

  rig.run('kswapd', soft);

  expect(usages(rig)).toEqual([50, 68]);
  expect(rig.k.m.memcgs[1]!.recordedExcess).toBe(0);
});

test('R6.6 it stops below the soft limit, or with a quarter of the excess at the second visit of the root', () => {
  const rig = machineFromText('free 9 swap 0\n memcg a 9000 soft 20\n inactive_file: p{500}&');
  record(rig, 480);

  rig.run('kswapd', soft);

  expect(usages(rig)).toEqual([372]); // 32, 64, 96, 128 ≥ 480/4
});

test('B1 R6.6 asking for 0 pages it stops after one round of 32 per list; 2.6.36 goes on until it has 32', () => {
  // Inactive file pages come in two halves: the tail is under writeback and gives nothing.
  const text = 'free 9 swap 0\n memcg a 900 soft 130\n inactive_file: p{100}& w{40}&~';
  const scanned = (options: DrawingOptions) => {
    const rig = machineFromText(text, { ...options, serviceNs: 1e12 });
    record(rig, 10);
    rig.run('kswapd', soft);
    return [rig.vm.memcg_soft_reclaims, rig.vm.memcg_soft_pages_scanned, usages(rig)[0]];
  };

  // One call with all lists: a round of 32 frees nothing, the next 24.
  expect(scanned({})).toEqual([1, 96, 84]);
  // The first call ends after 32 scanned and 0 freed: the group is given up.
  expect(scanned(BUGS)).toEqual([1, 32, 140]);
});

test('R6.6 a group that gives nothing is followed by the next, three at most', () => {
  const groups = ['a', 'b', 'c', 'd'].map((name) => `memcg ${name} 900 soft 0`).join('\n');
  const rig = machineFromText(`free 9 swap 0\n ${groups}\n inactive_file: p{32}&~ q{32}&2~ r{32}&3~ s{32}&4`, {
    serviceNs: 1e12,
  });
  record(rig, 40, 30, 20, 10);

  rig.run('kswapd', soft);

  expect(rig.vm).toMatchObject({ memcg_soft_reclaims: 3, memcg_soft_pages_reclaimed: 0 });
  expect(usages(rig)).toEqual([32, 32, 32, 32]);
});

test('R6.6 at order 1 and above soft limits are not looked at', () => {
  const rig = machineFromText(`${TWO}inactive_file: p{100}&`);
  record(rig, 40);

  rig.run('kswapd', (k, t) => memCgroupSoftLimitReclaim(k, t, 1, GFP_KERNEL));

  expect(rig.vm.memcg_soft_reclaims).toBe(0);
});

test('E31 R6.6 in balance_pgdat() the soft limit comes first and counts for nothing; normal reclaim follows in the same step', () => {
  const rig = machineFromText(
    'min 1 low 2 high 20 free 9 swap 0\n memcg a 9000 soft 20\n inactive_file: p{60}& q{9000}\n file A 9999',
  );
  record(rig, 40);
  rig.k.m.zone.lru.savedScan[2] = 31; // the zone's first priority has something to scan

  rig.run('kswapd', (k, t) => balancePgdat(k, t, 0));

  expect(rig.vm).toMatchObject({ memcg_soft_reclaims: 1, memcg_soft_pages_reclaimed: 32 });
  expect(usages(rig)).toEqual([28]);
  expect(rig.vm.pgscan_kswapd).toBeGreaterThanOrEqual(32); // though the zone was above high by then
  expect(rig.vm.kswapd_pages_reclaimed).toBe(rig.vm.kswapd_steal - 32);
  expect(rig.events('memcgSoftlimitReclaimEnd').map(([freed]) => freed)).toEqual([32]);
});

test('E31 an order-1 balance ignores soft limits until kswapd has dropped to order 0', () => {
  const text = 'min 1 low 2 high 20 free 9 swap 0\n memcg a 9000 soft 20\n inactive_file: p{60}& q{9000}\n file A 9999';
  const rig = machineFromText(text);
  record(rig, 40);

  rig.run('kswapd', (k, t) => balancePgdat(k, t, 1));
  expect(rig.vm.memcg_soft_reclaims).toBe(0);

  rig.run('kswapd', (k, t) => {
    Object.assign(k.m.zone, { high: k.buddy.freePages + 1 });
    return balancePgdat(k, t, 0);
  });
  expect(rig.vm.memcg_soft_reclaims).toBeGreaterThan(0);
});

test('P6.1 R6.6 soft limit reclaim may write in the base kernel, and not with patch 6', () => {
  const written = (kernel: string) => {
    const rig = machineFromText('free 9 swap 0\n memcg a 900 soft 20\n inactive_file: p{40}&!', { kernel });
    record(rig, 20);
    rig.run('kswapd', soft);
    return rig.vm.pages_written;
  };

  expect(written('v2.6.35-rc2')).toBe(40);
  expect(written('rfc-v1')).toBe(0);
});

test('B5 patch 6 with its historical bug: kswapd’s soft limit reclaim puts dirty pages back locked, for ever', () => {
  const locked = (options: DrawingOptions) => {
    const rig = machineFromText('free 9 swap 0\n memcg a 900 soft 20\n inactive_file: p{40}&!', {
      kernel: 'rfc-v1',
      ...options,
    });
    record(rig, 20);
    rig.run('kswapd', soft);
    return rig.pfnsOf('inactive_file').filter((pfn) => rig.k.pages.isLocked(pfn)).length;
  };

  expect(locked(BUGS)).toBe(32);
  expect(locked({})).toBe(0);
});
