import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import { MANY_MEMCGS, NO_MEMCG } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import { type DrawingOptions, machineFromText } from '../machine-from-text.ts';

// Dirty limits per memory cgroup, after Thelen's v9 (history.md §5.2), and the domains of cgroup writeback (model.md §9.3).

const MS = 1e6;
const LIMITED: DrawingOptions = {
  answers: { memcgCleaner: 'dirty-ratio' },
  sysctl: { memcgDirtyRatio: 50, memcgDirtyBackgroundRatio: 25 },
  config: { totalPages: 4096 },
};
const write = (file: string, pages: number) => (k: Kernel, t: Task) =>
  k.call.sysWrite(k, t, k.m.spaces.find(({ name }) => name === file)!, 0, pages * 4096);
const inGroup = (memcg: number) => (t: Task) => {
  t.memcg = memcg;
};

test('a dirtier is held until its group is below its dirty limit, and writes the group’s inodes itself meanwhile', () => {
  // ratelimit_pages is 128 on 4096 pages: looked at once, after 128 pages of the 160 it may hold.
  const rig = machineFromText('free 4096 swap 0\n memcg a 160\n file A 512', LIMITED);

  rig.run('task', write('A', 140), inGroup(1));

  expect(rig.vm.memcg_throttled_ns).toBeGreaterThan(0);
  expect(rig.vm.written_by_task).toBeGreaterThanOrEqual(128 - 80);
  expect(rig.k.m.memcgs[1]!.throttledNs).toBe(rig.vm.memcg_throttled_ns);
});

test('below the limit it goes on; from the background limit on the flusher is asked for the group’s inodes', () => {
  const rig = machineFromText('free 4096 swap 0\n memcg a 400\n file A 512', LIMITED);

  rig.run('task', write('A', 140), inGroup(1));

  expect(rig.vm.memcg_throttled_ns).toBe(0);
  expect(rig.k.m.memcgs[1]!.overBackground).toBe(true);
  expect(rig.k.m.wbs[0]!.works.length).toBe(1);
});

test('what one group does is no matter of another: other files are not written for it', () => {
  const rig = machineFromText('free 4096 swap 0\n memcg a 160\n memcg b 900\n file A 512\n file B 512', LIMITED);
  rig.run('task', write('B', 60), inGroup(2));
  expect(rig.space('B').memcg).toBe(2);

  rig.run('task', write('A', 140), inGroup(1));

  expect(rig.vm.written_by_task).toBeGreaterThan(0);
  expect(rig.space('B').dirtyTag.count).toBe(60);
});

test('an inode belongs to the group that dirtied it; to none for itself once a second one has, until it is clean', () => {
  const rig = machineFromText('free 4096 swap 0\n memcg a 900\n memcg b 900', LIMITED);
  const file = rig.space('A');
  expect(file.memcg).toBe(NO_MEMCG);

  rig.run('task', write('A', 2), inGroup(1));
  expect(file.memcg).toBe(1);
  rig.run('task', (k, t) => k.call.sysWrite(k, t, file, 9 * 4096, 4096), inGroup(2));
  expect(file.memcg).toBe(MANY_MEMCGS);
  rig.run('task', (k, t) => k.call.syncInode(k, t, file));
  expect(file.memcg).toBe(NO_MEMCG);
});

test('a group whose own inodes give nothing gets those it shares with others written', () => {
  const rig = machineFromText('free 4096 swap 0\n memcg a 160\n memcg b 900\n file A 512', LIMITED);
  rig.run('task', (k, t) => k.call.sysWrite(k, t, rig.space('A'), 400 * 4096, 4096), inGroup(2));

  rig.run('task', write('A', 140), inGroup(1)); // A is dirty in both groups by now

  expect(rig.k.m.memcgs.map(({ dirtyPages }) => dirtyPages)).toEqual([0, 12, 0]); // all of it, 12 since then
});

test('a limit above holds for all below it', () => {
  const rig = machineFromText(
    'free 4096 swap 0\n memcg box 480\n memcg a 900 in box\n memcg b 900 in box\n file A 512\n file B 512',
    LIMITED,
  );
  rig.run('task', write('B', 130), inGroup(3));
  expect(rig.vm.memcg_throttled_ns).toBe(0);

  rig.run('task', write('A', 130), inGroup(2)); // below its own limit, but 258 are more than half of what the box may hold

  expect(rig.k.m.memcgs.map(({ throttledNs }) => throttledNs > 0)).toEqual([false, true, false, false]);
});

test('R5.10 the group’s reclaimer naps while more than 1.1 of its dirty limit is under writeback', () => {
  const naps = (under: number) => {
    const rig = machineFromText(`free 900 swap 0\n memcg a 100\n inactive_file: p{${under}}&~ q{${100 - under}}&`, {
      ...LIMITED,
      config: {},
    });
    rig.start(
      'memcg',
      (k, t) => k.call.throttleVmWriteout(k, t, 0xd0),
      (t) => {
        t.sc.memcg = 1;
      },
    );
    rig.passNs(50 * MS);
    return rig.k.task(1).state === 1;
  };

  expect([naps(55), naps(56)]).toEqual([false, true]);
});

test('§9.3 a group’s domain: the machine’s ratios of its file pages and its room, capped by what is clean', () => {
  const rig = machineFromText('free 4096 swap 0\n memcg a 400', {
    kernel: 'v4.2-cgwb',
    config: { totalPages: 4096, memcgFlushers: true },
    sysctl: { dirtyRatio: 20, dirtyBackgroundRatio: 10 },
  });
  // The free-run zone of 400 pages ends at 60; the dirtier is held at 80, long before the machine's 800.
  const { t } = rig.start('task', write('A', 300), inGroup(1));
  rig.passNs(300 * MS);

  expect(t.state).toBe(1);
  expect(rig.k.m.memcgs[1]!.dirtyPages + rig.k.m.memcgs[1]!.writebackPages).toBeLessThan(200);
  expect(rig.vm.throttled_ns + (rig.k.nowNs - t.sleptAtNs)).toBeGreaterThan(0);
  expect(rig.space('A').wb).toBe(1);
});
