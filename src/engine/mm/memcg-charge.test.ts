import { expect, test } from 'vitest';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { lockOom, unchargePage, unlockOom } from '../machine/memcg.ts';
import { type Task, TIF_MEMDIE } from '../machine/task.ts';
import { WAIT_MEMCG_OOM } from '../machine/waits.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { touchAnon } from './anon-fault.ts';
import { exitTask } from './exit.ts';
import { sysWrite } from './filemap-write.ts';
import { BYPASSED, CHARGE_FAILED, CHARGED, memcgCharge } from './memcg-charge.ts';

const MS = 1e6;
const charge = (k: Kernel, t: Task) => memcgCharge(k, t, GFP_KERNEL);
const inGroup = (t: Task) => {
  t.memcg = 1;
};
const usage = ({ k }: Drawn) => k.m.memcgs[1]!;

test('R6.1 a task of the root group charges nothing', () => {
  const rig = machineFromText('free 9\n memcg tiny 64');

  expect(rig.run('task', charge)).toBe(BYPASSED);
});

test('R6.4 the first charge takes 32: one for the page, 31 for the stock, which the next ones use', () => {
  const rig = machineFromText('free 99\n memcg tiny 64');

  rig.run('task', (k, t) => sysWrite(k, t, rig.space('A'), 0, 3 * 4096), inGroup);

  expect(rig.k.task(1).stockPages).toBe(29);
  expect(usage(rig)).toMatchObject({ usagePages: 32, chargedPages: 3, failcnt: 0 });
});

test('R6.4 where 32 do not fit a charge goes on with one page, and fills no stock', () => {
  const rig = machineFromText('free 99\n memcg tiny 20');

  rig.run('task', (k, t) => sysWrite(k, t, rig.space('A'), 0, 2 * 4096), inGroup);

  expect(rig.k.task(1).stockPages).toBe(0);
  expect(usage(rig)).toMatchObject({ usagePages: 2, chargedPages: 2, failcnt: 2 });
});

test('R6.4 without __GFP_WAIT a charge at the limit fails', () => {
  const rig = machineFromText('free 9\n memcg tiny 2\n inactive_file: b& a&');

  expect(rig.run('task', (k, t) => memcgCharge(k, t, 0), inGroup)).toBe(CHARGE_FAILED);
});

test('R6.4 R6.7 a dying task is let past the limit', () => {
  const rig = machineFromText('free 9\n memcg tiny 2\n inactive_file: b& a&');

  expect(
    rig.run('task', charge, (t) => {
      inGroup(t);
      t.flags |= TIF_MEMDIE;
    }),
  ).toBe(BYPASSED);
});

/** A group at its limit whose reclaim answers as told. */
function atLimit(answers: (call: number) => number) {
  let calls = 0;
  const callsAtNs: number[] = [];
  const rig = machineFromText('free 9\n memcg tiny 2\n inactive_file: b&~ a&~', {
    call: {
      memCgroupHierarchicalReclaim: (k) => {
        callsAtNs.push(k.nowNs);
        return answers(++calls);
      },
    },
  });
  return { rig, callsAtNs };
}

/** A victim on its way out: as long as it is there nobody is killed. */
function addVictim(rig: Drawn): void {
  const { t } = rig.start('task', (k, task) => k.call.throttleVmWriteout(k, task, 0), inGroup);
  rig.passNs(1);
  Object.assign(t, { state: 1, flags: TIF_MEMDIE });
}

test('R6.4 the sixth fruitless attempt is the OOM killer’s; then the counter starts at five again', () => {
  const { rig, callsAtNs } = atLimit(() => 0);
  addVictim(rig);

  rig.start('task', charge, inGroup);
  rig.passNs(1.5 * MS);

  expect(callsAtNs.filter((ns) => ns < 1 * MS).length).toBe(6);
  expect(callsAtNs.filter((ns) => ns >= 1 * MS).length).toBe(6); // a jiffy later, with fresh retries
  expect(rig.vm.memcg_oom_kills).toBe(0);
});

test('R6.4 progress leaves the counter untouched: nine attempts with one page each, no OOM', () => {
  const { rig, callsAtNs } = atLimit((call) => {
    if (call === 10) usage(rig).limitPages = 3;
    return 1;
  });

  expect(rig.run('task', charge, inGroup)).toBe(CHARGED);
  expect(callsAtNs.length).toBe(10);
  expect(rig.vm.memcg_oom_kills).toBe(0);
});

test('R6.4 a group below its limit by now is tried again without using up a retry', () => {
  // Below the limit after each attempt, and at it again when the charge is tried.
  const { rig, callsAtNs } = atLimit((call) => {
    const group = usage(rig);
    let asked = 0;
    Object.defineProperty(group, 'limitPages', { get: () => (call < 9 && asked++ > 0 ? 2 : 3), configurable: true });
    return 0;
  });
  rig.run('task', charge, inGroup);

  expect(callsAtNs.length).toBe(9);
});

test('R6.5 each attempt first gives all stocks back to the group', () => {
  const rig = machineFromText('free 99\n memcg tiny 34\n inactive_file: b& a&');
  const holder = rig.start('task', (k, t) => k.call.throttleVmWriteout(k, t, 0), inGroup).t;
  rig.passNs(1);
  Object.assign(holder, { state: 1, stockPages: 31 });
  usage(rig).usagePages += 31;

  rig.run('task', (k, t) => sysWrite(k, t, rig.space('A'), 9 * 4096, 2 * 4096), inGroup);

  expect(holder.stockPages).toBe(0);
});

test('R6.3 the frame is allocated before it is charged: it is gone from the free list while the charge waits', () => {
  const rig = machineFromText('free 9 swap 0\n memcg tiny 40\n inactive_file: p{40}&~');

  rig.start('task', (k, t) => sysWrite(k, t, rig.space('B') ?? rig.space('A'), 99 * 4096, 4096), inGroup);
  rig.passNs(50 * MS);

  expect(rig.free).toBe(8);
  expect(rig.vm.memcg_reclaims).toBeGreaterThan(0);
  expect(rig.list('inactive_file')).not.toContain('A:99');
});

test('R6.3 an anon fault and a page cache insertion are charged to the group of the task', () => {
  const rig = machineFromText('free 99\n memcg tiny 64');

  rig.run('task', (k, t) => touchAnon(k, t, 0, true), inGroup);
  rig.run('task', (k, t) => sysWrite(k, t, rig.space('A'), 0, 4096), inGroup);

  expect(rig.list('active_anon', 1)).toBe('anon:0^&');
  expect(rig.list('inactive_file', 1)).toBe('A:0*!&');
});

test('R6.3 R4.10 a page read from swap is charged only when it is mapped', () => {
  const rig = machineFromText('free 9\n memcg tiny 64\n inactive_anon: b$ a$');

  rig.run('task', (k, t) => touchAnon(k, t, 0, false), inGroup);

  expect(usage(rig).chargedPages).toBe(1);
  expect([rig.page('b'), rig.page('a')]).toEqual(['b$^&', 'a$']);
});

test('R6.7 the killer takes the task of largest total_vm in the group, and the charger sleeps a jiffy', () => {
  const { rig } = atLimit(() => 0);
  const others = [10, 500, 90].map((totalVmPages, at) => {
    const { t } = rig.start('task', (k, task) => k.call.throttleVmWriteout(k, task, 0));
    rig.passNs(1);
    Object.assign(t, { state: 1, totalVmPages, memcg: at === 1 ? 0 : 1 }); // the largest is not in the group
    return t;
  });

  const { t } = rig.start('task', charge, inGroup);
  rig.passNs(0.5 * MS);

  expect(others.map(({ flags }) => flags & TIF_MEMDIE)).toEqual([0, 0, TIF_MEMDIE]);
  expect(rig.vm).toMatchObject({ oom_kills: 1, memcg_oom_kills: 1 });
  expect([t.state, t.waitKind]).toEqual([1, 0]);
});

test('R6.8 a file page is uncharged when it leaves the page cache', () => {
  const rig = machineFromText('free 9\n memcg tiny 64\n inactive_file: b& a&');

  rig.run('task', (k, t) => k.call.truncatePages(k, t, rig.space('A'), 1));

  expect(usage(rig)).toMatchObject({ usagePages: 1, chargedPages: 1 });
});

test('R6.8 exit uncharges anon pages; one of the swap cache under writeback stays charged until it is freed', () => {
  const rig = machineFromText("free 9\n memcg tiny 64\n inactive_anon: b& a$'&~");
  rig.run('task', (k, t) =>
    k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: 800, pfns: [rig.pfn('a')] }),
  );

  rig.run('task', (k, t) => {
    exitTask(k, t);
    return 0;
  });
  expect(usage(rig)).toMatchObject({ usagePages: 1, chargedPages: 1 });

  rig.passNs(50 * MS);
  rig.k.m.zone.lru.savedScan[0] = 31;
  rig.run('direct', (k, t) => k.call.tryToFreePages(k, t, 0, GFP_KERNEL));
  rig.passNs(50 * MS);
  expect(usage(rig)).toMatchObject({ usagePages: 0, chargedPages: 0 });
});

test('R6.8 exit gives the stock of the task back', () => {
  const rig = machineFromText('free 99\n memcg tiny 64');

  rig.run(
    'task',
    (k, t) => {
      const answer = charge(k, t);
      k.m.memcgs[1]!.chargedPages--;
      k.m.memcgs[1]!.usagePages--;
      exitTask(k, t);
      return answer;
    },
    inGroup,
  );

  expect(usage(rig).usagePages).toBe(0);
});

test('R6.9 no dirty limit per group: it may be dirty to the last page and nobody is throttled', () => {
  const rig = machineFromText('free 900\n memcg tiny 16');

  rig.run('task', (k, t) => sysWrite(k, t, rig.space('A'), 0, 16 * 4096), inGroup);

  expect(usage(rig)).toMatchObject({ usagePages: 16, chargedPages: 16 });
  expect(rig.vm).toMatchObject({ nr_file_dirty: 16, throttled_ns: 0, memcg_reclaims: 0 });
});

test('E27 R6.5 a writer at its limit: its reclaim writes single pages of its own group and goes on', () => {
  const rig = machineFromText('free 900 swap 0\n memcg tiny 64\n file A 4096');

  rig.run('task', (k, t) => sysWrite(k, t, rig.space('A'), 0, 256 * 4096), inGroup);

  expect(usage(rig).usagePages).toBeLessThanOrEqual(64);
  expect(rig.vm.memcg_write_file).toBeGreaterThan(0);
  expect(rig.vm.memcg_oom_kills).toBe(0);
  expect(rig.vm.kswapd_wake_requests).toBe(0);
});

/** A patient group at its limit whose reclaim finds nothing; the charger sleeps on the group's OOM queue. */
function patient() {
  const rig = machineFromText('free 9\n memcg tiny 4 patient\n inactive_file: b&~ a&~ c& d/B&', {
    call: { memCgroupHierarchicalReclaim: () => 0 },
    serviceNs: 1e15,
  });
  const { t } = rig.start('task', charge, inGroup);
  rig.passNs(20 * MS);
  return { rig, t };
}

test('R6.7 with oom_kill_disable nobody is killed: the first one waits too, without a timer', () => {
  const { rig, t } = patient();
  const second = rig.start('task', charge, inGroup).t;
  rig.passNs(5000 * MS);

  expect([t.waitKind, second.waitKind]).toEqual([WAIT_MEMCG_OOM, WAIT_MEMCG_OOM]);
  expect(rig.vm.memcg_oom_kills).toBe(0);
});

test('R6.7 a truncation gives pages back and wakes them; a page that reclaim frees does not', () => {
  const { rig, t } = patient();
  rig.k.lru.remove(rig.pfn('c')); // what remains of a page that reclaim frees
  unchargePage(rig.k, rig.pfn('c'));
  rig.k.lru.add(rig.pfn('c'));
  rig.passNs(20 * MS);
  expect(t.waitKind).toBe(WAIT_MEMCG_OOM);

  rig.run('task', (k, task) => k.call.truncatePages(k, task, rig.space('B'), 0));
  rig.passNs(20 * MS);

  expect(usage(rig)).toMatchObject({ chargedPages: 3, usagePages: 3 }); // the charge went through
  expect(rig.k.m.memcgs[1]!.oomLocked).toBe(false);
});

test('R6.7 the OOM lock is taken on a whole subtree: an overlap waits', () => {
  const rig = machineFromText('free 9\n memcg box 9\n memcg a 9 in box\n memcg b 9');

  expect(lockOom(rig.k, 2)).toBe(true);
  expect(lockOom(rig.k, 1)).toBe(false);
  expect(lockOom(rig.k, 3)).toBe(true);
  unlockOom(rig.k, 2);
  expect(lockOom(rig.k, 1)).toBe(true);
  expect(lockOom(rig.k, 2)).toBe(false);
});
