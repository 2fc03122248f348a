import { expect, test } from 'vitest';
import { GFP_HIGH, GFP_KERNEL, GFP_NOFS } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { PF_MEMALLOC, type Task, TIF_MEMDIE } from '../machine/task.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { allocPage } from './page-alloc.ts';

const MS = 1e6;
const MARKS = 'min 4 low 6 high 8 swap 0';
const alloc = (k: Kernel, t: Task) => allocPage(k, t, GFP_KERNEL);
/** A task that is there and does nothing. */
function addTask(rig: Drawn, totalVmPages: number): Task {
  const { t } = rig.start('task', (k, task) => k.call.throttleVmWriteout(k, task, 0));
  rig.passNs(1);
  t.state = 1;
  t.totalVmPages = totalVmPages;
  return t;
}

test('R1.8 above LOW a page is taken and nobody is woken', () => {
  const rig = machineFromText(`${MARKS} free 7`);

  expect(rig.run('task', alloc)).toBeGreaterThanOrEqual(0);
  expect(rig.vm).toMatchObject({ kswapd_wake_requests: 0, allocstall: 0 });
});

test('R1.8 at LOW every single allocation asks for kswapd, and succeeds down to MIN', () => {
  const rig = machineFromText(`${MARKS} free 6`);

  expect([rig.run('task', alloc), rig.run('task', alloc)].every((pfn) => pfn >= 0)).toBe(true);
  expect(rig.vm).toMatchObject({ kswapd_wake_requests: 2, allocstall: 0 });
  expect(rig.free).toBe(4);
});

test('R1.8 I17 at MIN the allocating task reclaims itself, with PF_MEMALLOC only while it does', () => {
  const rig = machineFromText(`${MARKS} free 4\n file A 5000\n inactive_file: p{5000}`);

  const { t, answer } = rig.start('task', alloc);
  rig.passNs(10_000);
  expect(t.flags & PF_MEMALLOC).toBe(PF_MEMALLOC);
  rig.passNs(10 * MS);

  expect(answer()).toBeGreaterThanOrEqual(0);
  expect(t.flags & PF_MEMALLOC).toBe(0);
  expect(rig.vm).toMatchObject({ allocstall: 1, kswapd_wake_requests: 1, direct_pages_reclaimed: 32 });
  expect(rig.free).toBe(4 + 32 - 1);
});

test('R1.8 G1 a request with __GFP_HIGH digs into half of MIN', () => {
  const rig = machineFromText(`${MARKS} free 4`);
  const high = (k: Kernel, t: Task) => allocPage(k, t, GFP_HIGH | GFP_KERNEL);

  expect([rig.run('task', high), rig.run('task', high)].every((pfn) => pfn >= 0)).toBe(true);
  expect(rig.free).toBe(2);
});

test('G1 a request that may not wait fails at its mark: half of MIN and a quarter of that', () => {
  const rig = machineFromText('min 8 low 10 high 12 swap 0 free 4');
  const atomic = (k: Kernel, t: Task) => allocPage(k, t, GFP_HIGH);

  expect(rig.run('task', atomic)).toBeGreaterThanOrEqual(0);
  expect(rig.run('task', atomic)).toBe(NO_PAGE);
  expect(rig.vm.allocstall).toBe(0);
});

test.each([
  ['PF_MEMALLOC', PF_MEMALLOC],
  ['TIF_MEMDIE', TIF_MEMDIE],
])('R1.8 %s takes any page there is, without marks and without reclaiming; none left, it gets none', (_name, flag) => {
  const rig = machineFromText(`${MARKS} free 1\n inactive_file: p{40}`);
  const prepare = (t: Task) => {
    t.flags |= flag;
  };

  expect(rig.run('task', alloc, prepare)).toBeGreaterThanOrEqual(0);
  expect(rig.run('task', alloc, prepare)).toBe(NO_PAGE);
  expect(rig.vm.allocstall).toBe(0);
});

test('R1.9 GFP_NOFS without progress neither fails nor kills: it reclaims for ever, until somebody frees memory', () => {
  const rig = machineFromText(`${MARKS} free 4\n inactive_file: p{40}/B~ q{4}/A@`);
  rig.k.m.zone.allUnreclaimable = true;

  const { answer } = rig.start('task', (k, t) => allocPage(k, t, GFP_NOFS));
  rig.passNs(101 * MS);
  expect(answer()).toBeUndefined();
  expect(rig.vm.oom_kills).toBe(0);
  expect(rig.vm.allocstall).toBe(6); // one every 20 ms: the retry nap, without a restart

  const rigged = rig.pfn('q1');
  rig.k.pages.clearLocked(rigged);
  rig.start('task', (k, t) => k.call.truncatePages(k, t, rig.space('A'), 0));
  rig.passNs(2000 * MS); // the zone is no longer flagged: naps of 100 ms in between
  expect(answer()).toBeGreaterThanOrEqual(0);
});

test('R1.10 freed pages belong to nobody: when others have taken them the task naps 20 ms and reclaims again', () => {
  let calls = 0;
  const rig = machineFromText(`${MARKS} free 4\n inactive_file: a`, {
    call: {
      tryToFreePages: (k, t) => {
        calls++;
        if (calls < 3) return 32; // and all of it is gone
        return k.call.truncatePages(k, t, rig.space('A'), 0);
      },
    },
  });

  // truncate answers 0: no progress; the restart then finds the page above MIN.
  expect(rig.run('task', alloc)).toBeGreaterThanOrEqual(0);

  expect(calls).toBe(3);
  expect(Math.floor(rig.k.nowNs / (20 * MS))).toBe(2);
  expect(rig.vm.kswapd_wake_requests).toBeLessThanOrEqual(2); // the retry does not wake kswapd
});

test('R1.11 R1.12 no progress: the task of largest total_vm is killed, the killer sleeps a jiffy and holds the lock', () => {
  const rig = machineFromText(`${MARKS} free 4\n inactive_file: p{40}~\n inactive_anon: x{3}`);
  rig.k.m.zone.allUnreclaimable = true;
  const small = addTask(rig, 10);
  const large = addTask(rig, 1000);
  large.mm = rig.space('anon').id;

  const { t, answer } = rig.start('task', alloc);
  rig.passNs(0.5 * MS);
  expect([small.flags & TIF_MEMDIE, large.flags & TIF_MEMDIE]).toEqual([0, TIF_MEMDIE]);
  expect([rig.k.m.oomLocked, t.state]).toEqual([true, 1]);
  expect(rig.events('oomKill').map((args) => [args[0], args[2]])).toEqual([[large.id, 1000]]);

  rig.passNs(1 * MS);
  expect(rig.k.m.oomLocked).toBe(false);
  expect(answer()).toBeGreaterThanOrEqual(0); // the victim's three anon pages are free
});

test('R1.11 the OOM lock taken: sleep a jiffy and look again, kill nobody', () => {
  const rig = machineFromText(`${MARKS} free 4\n inactive_file: p{40}~`);
  Object.assign(rig.k.m.zone, { allUnreclaimable: true });
  rig.k.m.oomLocked = true;
  addTask(rig, 1000);

  rig.start('task', alloc);
  rig.passNs(10 * MS);

  expect(rig.vm.oom_kills).toBe(0);
  expect(rig.vm.allocstall).toBeGreaterThan(5);
});

test('R1.11 the last try is made at HIGH: memory freed meanwhile is taken, nobody is killed', () => {
  const rig = machineFromText(`${MARKS} free 4\n inactive_file: a{6}/B p{40}~`, {
    call: {
      tryToFreePages: (k, t) => {
        // Somebody else frees six pages while this reclaimer makes no progress.
        return k.call.truncatePages(k, t, rig.space('B'), 0);
      },
    },
  });
  addTask(rig, 1000);

  expect(rig.run('task', alloc)).toBeGreaterThanOrEqual(0);
  expect(rig.vm.oom_kills).toBe(0);
});

test('R1.11 nobody is killed while a victim is on its way out', () => {
  const rig = machineFromText(`${MARKS} free 4\n inactive_file: p{40}~`);
  rig.k.m.zone.allUnreclaimable = true;
  addTask(rig, 10).flags |= TIF_MEMDIE;
  addTask(rig, 1000);

  rig.start('task', alloc);
  rig.passNs(10 * MS);

  expect(rig.vm.oom_kills).toBe(0);
});

test('R1.13 fake progress: as long as kswapd has not flagged the zone nobody is killed', () => {
  const rig = machineFromText(`${MARKS} free 4\n inactive_file: p{40}~`);
  addTask(rig, 1000);

  rig.start('task', alloc);
  rig.passNs(3000 * MS);

  expect(rig.vm.oom_kills).toBe(0);
  expect(rig.vm.allocstall).toBeGreaterThan(1);
});

test('E33 R1.9 progress that is not enough naps 20 ms between two reclaims', () => {
  const rig = machineFromText(`${MARKS} free 4`, { call: { tryToFreePages: () => 1 } });

  rig.start('task', alloc);
  rig.passNs(99 * MS);
  const { t } = rig.start('task', alloc);
  rig.passNs(1 * MS);

  expect(t.waitKind).toBe(4);
});
