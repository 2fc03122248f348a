import { expect, test } from 'vitest';
import { SAMPLE_ACTORS } from '../../abi/frame.ts';
import { ACTORS_MAX } from './cast.ts';
import { at, figure, line, machineOf } from './play.test-double.ts';
import { stallListOf } from './stall-list.ts';

const begin = (task: string, us: number, kind = 'direct') =>
  line(task, us, `mm_vmscan_${kind}_reclaim_begin: order=0 gfp_flags=GFP_KERNEL`);
const end = (task: string, us: number, kind = 'direct') =>
  line(task, us, `mm_vmscan_${kind}_reclaim_end: nr_reclaimed=32`);
const wake = (us: number) => line('kswapd0-44', us, 'mm_vmscan_kswapd_wake: nid=0 order=0');
const sleep = (us: number) => line('kswapd0-44', us, 'mm_vmscan_kswapd_sleep: nid=0');
const work = (task: string, us: number, event: string) =>
  line(
    task,
    us,
    `${event}: bdi 8:0: sb_dev 0:0 nr_pages=9223372036854775807 sync_mode=0 kupdate=0 range_cyclic=1 background=1 reason=background cgroup_ino=23`,
  );
const shrink = (task: string, us: number) =>
  line(
    task,
    us,
    'mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=8 nr_reclaimed=5 nr_dirty=2 nr_writeback=1 nr_congested=0 nr_immediate=0 nr_activate_anon=0 nr_activate_file=0 nr_ref_keep=0 nr_unmap_fail=0 priority=11 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC',
  );
const isolate = (task: string, us: number, lru = 'inactive_file') =>
  line(
    task,
    us,
    `mm_vmscan_lru_isolate: isolate_mode=0 classzone=3 order=0 nr_requested=32 nr_scanned=9 nr_skipped=0 nr_taken=8 lru=${lru}`,
  );

test('who is shown: kswapd, flushers and whoever reclaims, with letters of their own; bystanders and idle are not', () => {
  const machine = machineOf(
    wake(0),
    work('kworker/u4:5-111', 10, 'writeback_start'),
    begin('dd-162', 20),
    end('dd-162', 30),
    line('kcached-7', 40, 'mm_vmscan_wakeup_kswapd: nid=0 order=0 gfp_flags=none'),
    begin('dd-163', 50),
    line('<idle>-0', 60, 'block_rq_complete: 8,0 W () 800 + 8 [0]'),
    line('kworker/0:1H-43', 70, 'block_rq_issue: 8,0 W 4096 () 800 + 8 [x]'),
  );
  const tasks = at(machine, 70).frame.tasks.map(({ letter, name, kind }) => `${letter} ${name} ${kind}`);
  expect(tasks).toEqual(['K kswapd0 kswapd', 'F kworker/u4:5 flusher', 'D dd task', 'D2 dd task', 'T kcached task']);
});

test('one pid is one task, called by the name it had most; more than fit go without a lane, the idlest first', () => {
  const many = Array.from({ length: ACTORS_MAX + 3 }, (_, nth) => begin(`job-${nth + 10}`, nth));
  const machine = machineOf(
    begin('<...>-9', 0),
    end('dd-9', 1),
    ...many,
    ...many.map((_, nth) => end('job-12', 90 + nth)),
  );
  const { tasks } = at(machine, 0).frame;
  expect(tasks).toHaveLength(ACTORS_MAX);
  expect(tasks.some(({ name }) => name === '<...>')).toBe(false);
  expect(machine.index.cast.actors[0]!.pid).toBe(12);
});

test('reclaim, from its begin to its end; one whose begin is not in the trace is no stall but is seen', () => {
  const machine = machineOf(
    end('old-5', 5),
    begin('dd-162', 10),
    isolate('dd-162', 12),
    isolate('dd-162', 13, 'active_file'),
    shrink('dd-162', 14),
    end('dd-162', 40),
    begin('dd-162', 50, 'memcg'),
    end('dd-162', 80, 'memcg'),
  );
  const now = (us: number) =>
    at(machine, us)
      .frame.tasks.map(({ name, reclaim }) => `${name} ${reclaim}`)
      .sort();
  expect(now(0)).toEqual(['dd none', 'old none']);
  expect(now(6)).toEqual(['dd direct', 'old none']);
  const { stalls, frame } = at(machine, 75);
  expect([...stalls.startNs, ...stalls.endNs, ...stalls.kind]).toEqual([5_000, 45_000, 35_000, 75_000, 0, 1]);
  expect(
    frame.lens.trail.map(({ takenPages, freedPages, dirtyPages }) => [takenPages, freedPages, dirtyPages]),
  ).toEqual([[8, 5, 2]]);
  const done = at(machine, 75);
  const names = [
    'direct_reclaims',
    'direct_pages_scanned',
    'direct_pages_reclaimed',
    'direct_stall_s',
    'memcg_stall_s',
  ] as const;
  expect(names.map((name) => figure(done, name))).toEqual([1, 9, 5, 30e-6, 30e-6]);
});

test('a run is ended by the page that direct reclaim writes, and goes on from there', () => {
  const write = (task: string, us: number) =>
    line(task, us, 'mm_vmscan_write_folio: page=000000005c11931f pfn=0xf90 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC');
  const machine = machineOf(write('kswapd0-44', 0), begin('dd-162', 10), write('dd-162', 20), end('dd-162', 30));
  const breakpoint = { kind: 'direct-writepage', bytes: 0 } as const;
  const hit = { kind: 'direct-writepage', atNs: 20_000, who: 'dd', value: 0, bound: 0 };
  expect(machine.runUntil(25_000, [breakpoint])).toEqual(hit);
  expect([machine.nowNs, machine.eventsDone]).toEqual([20_000, 3]);
  expect(machine.runUntil(25_000, [breakpoint])).toBeUndefined();
  expect(machine.nowNs).toBe(25_000);
});

test('kswapd is awake from a wake to its sleep; before a sleep without a wake it was awake all along', () => {
  const machine = machineOf(sleep(10), wake(30), wake(35), sleep(50), wake(90));
  const states = [5, 15, 40, 55].map((us) => at(machine, us - 10).frame.tasks[0]!);
  expect(states.map(({ state, reclaim, waitsFor }) => `${state} ${reclaim} ${waitsFor}`.trim())).toEqual([
    'asleep none work for kswapd',
    'asleep none work for kswapd',
    'running kswapd',
    'asleep none work for kswapd',
  ]);
  const last = at(machine, 80);
  expect([figure(last, 'kswapd_wakeups'), figure(last, 'kswapd_awake_s')]).toEqual([2, 20e-6]);
});

test('sleeps are told by the events that name them, printed after them or before', () => {
  const machine = machineOf(
    begin('dd-162', 0),
    shrink('dd-162', 5_000),
    line(
      'dd-162',
      40_000,
      'mm_vmscan_throttled: nid=0 usec_timeout=100000 usect_delayed=32000 reason=VMSCAN_THROTTLE_WRITEBACK',
    ),
    end('dd-162', 50_000),
    line(
      'dd-162',
      60_000,
      'balance_dirty_pages: bdi 8:0: limit=3170 setpoint=1870 dirty=575 bdi_setpoint=0 bdi_dirty=576 dirty_ratelimit=1 task_ratelimit=2 dirtied=8 dirtied_pause=8 paused=4 pause=12 period=0 think=4 cgroup_ino=1',
    ),
    wake(100_000),
  );
  const waits = [4_000, 9_000, 45_000, 61_000, 73_000].map((us) => at(machine, us).frame.tasks[1]!.waitsFor);
  expect(waits).toEqual(['', 'reclaim_throttle: too many pages under writeback', '', 'balance_dirty_pages', '']);
  const after = at(machine, 100_000);
  expect([figure(after, 'throttled_s'), after.frame.memory.dirtyPages]).toEqual([0.012, 575]);
  const { stalls, totalNs } = stallListOf(machine.index, 100_000_000);
  expect(totalNs).toBe(62e6);
  expect(stalls[0]!.links.map(({ what, ns }) => [what, ns])).toEqual([
    ['running', 8e6],
    ['reclaim_throttle', 32e6],
    ['running', 10e6],
  ]);
  expect(stalls[0]!.links[2]!.because).toEqual([{ atNs: 50e6, says: '8 pages scanned, 5 freed' }]);
  expect(stalls.map(({ reason }) => reason)).toEqual(['reclaim_throttle', 'balance_dirty_pages']);
});

test('a flusher has work from its start to its end, for the group that the event names', () => {
  const machine = machineOf(
    work('kworker/u4:5-1', 0, 'writeback_start'),
    work('kworker/u4:5-1', 60_000, 'writeback_written'),
    wake(120_000),
  );
  machine.look = { order: 'list', parts: ['flushers'], lit: [] };
  const { flushers, memcgs } = at(machine, 10).frame;
  expect(flushers).toMatchObject([{ disk: '8:0', memcg: 'cgroup 23', work: 'background' }]);
  expect(memcgs.map(({ name }) => name)).toEqual(['cgroup 23']);
  const { samples } = at(machine, 120_000);
  const flusher = SAMPLE_ACTORS.indexOf('flusher');
  const acted = [...samples.timeNs].map((_, row) => samples.acted[row * SAMPLE_ACTORS.length + flusher]);
  expect(acted.map((share) => share!.toFixed(1))).toEqual(['1.0', '0.2']);
});

test('a sample tells how much of its own stretch a task was in reclaim, not of all before', () => {
  const machine = machineOf(
    line('dd-9', 0, 'mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_NOFS'),
    line('dd-9', 75_000, 'mm_vmscan_direct_reclaim_end: nr_reclaimed=32'),
    line('dd-9', 160_000, 'mm_vmscan_wakeup_kswapd: nid=0 order=0 gfp_flags=GFP_NOFS'),
  );
  const { samples } = at(machine, 160_000);
  expect([...samples.timeNs].map((ns) => ns / 1e6)).toEqual([0, 50, 100, 150]);
  const dd = machine.index.cast.actors.findIndex(({ name }) => name === 'dd');
  expect([...samples.timeNs].map((_, row) => samples.stalled[row * samples.threads + dd])).toEqual([0, 1, 0.5, 0]);
});
