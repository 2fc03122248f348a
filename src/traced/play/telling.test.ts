import { expect, test } from 'vitest';
import { DISKS } from '../../abi/events.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import { traceOf } from '../recorded.test-double.ts';
import { at, figure, line, machineOf } from './play.test-double.ts';
import { remarkOf } from './remark.ts';

const wake = (us: number, cpu = 0) => line('kswapd0-44', us, 'mm_vmscan_kswapd_wake: nid=0 order=0', cpu);
const issue = (us: number) => line('kworker/0:1H-43', us, 'block_rq_issue: 8,0 W 4096 () 800 + 8 [x]');
const done = (us: number) => line('kworker/0:1H-43', us, 'block_rq_complete: 8,0 W () 800 + 8 [0]');
const add = (us: number) => line('dd-9', us, 'mm_filemap_add_to_page_cache: dev 8:1 ino c pfn=0x10 ofs=0 order=0');
const start = (us: number) => line('dd-9', us, 'writeback_start: bdi 8:0: reason=background cgroup_ino=23');

test('what a trace does not tell is named with the events to enable, and is never a zero', () => {
  const machine = machineOf(issue(0), issue(10));
  expect(Object.keys(machine.absent).sort()).toEqual([
    'batches',
    'biography',
    'cells',
    'dirty',
    'files',
    'flushers',
    'map',
    'memcgs',
    'memory',
    'stacks',
  ]);
  expect(machine.absent.cells).toBe(
    'Page states are not in this trace: enable filemap/mm_filemap_add_to_page_cache, filemap/mm_filemap_delete_from_page_cache, pagemap/mm_lru_insertion and writeback/writeback_dirty_folio.',
  );
  expect(machine.hasWorkload).toBe(false);
  const { frame } = at(machine, 10);
  expect(figure({ frame } as never, 'direct_reclaims')).toBeNaN();
  expect([frame.memory.freePages, frame.memory.dirtyPages, frame.memory.totalPages]).toEqual([NaN, NaN, NaN]);
});

test('events that are there take their part off the list; an event of the family that never came is a zero', () => {
  const machine = machineOf(wake(0), add(1), start(2));
  const { absent, hasWorkload } = machine;
  expect([absent.cells, absent.flushers, absent.memcgs, hasWorkload]).toEqual([undefined, undefined, undefined, true]);
  const end = at(machine, 2);
  expect([figure(end, 'direct_reclaims'), figure(end, 'kswapd_pages_scanned'), figure(end, 'disk_requests')]).toEqual([
    0,
    NaN,
    NaN,
  ]);
});

test('lost events are a stretch of time, of one CPU from its last event to its next', () => {
  const machine = machineOf(wake(0), wake(5, 1), wake(10), 'CPU:1 [LOST 53 EVENTS]', wake(20, 1), wake(30, 1));
  expect(machine.gaps).toEqual([{ fromNs: 5000, toNs: 20_000, cpu: 1, events: 53 }]);
});

test('what is said of the reading: lines left out, and a clock that counts no time', () => {
  expect(remarkOf(traceOf(wake(0), wake(1)))).toBe('');
  const read = traceOf(wake(0), 'what is this', wake(1));
  const { line: at, why } = read.reading.unparsed[0]!;
  expect(remarkOf(read)).toBe(`1 line was left out, the first is line ${at} (${why}).`);
  const counted = traceOf('  dd-1 [000] ..... 4294893: mm_vmscan_kswapd_sleep: nid=0');
  expect(remarkOf(counted)).toMatch(/^Its clock counts no seconds, /);
});

test('a clock that counts no time tells no times, and nothing per second', () => {
  const row = (count: number, event: string) => `  dd-1 [000] ..... ${4294893 + count}: ${event}`;
  const texts = [
    'mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_NOFS',
    'block_rq_issue: 8,0 W 4096 () 800 + 8 [dd]',
    'block_rq_complete: 8,0 W () 800 + 8 [0]',
    'mm_vmscan_direct_reclaim_end: nr_reclaimed=3',
  ];
  const end = at(machineOf(...texts.map((text, nth) => row(nth, text))), 3000);
  const names = ['direct_stall_s', 'kswapd_awake_s', 'memcg_stall_s', 'disk_busy_s', 'disk_mib_per_s'] as const;
  expect(names.map((name) => figure(end, name))).toEqual(names.map(() => Number.NaN));
  expect([figure(end, 'direct_reclaims'), figure(end, 'disk_requests')]).toEqual([1, 1]);
  const timed = at(machineOf(...texts.map((text, nth) => line('dd-1', nth, text))), 3);
  expect([figure(timed, 'direct_stall_s'), figure(timed, 'disk_busy_s')]).toEqual([3e-6, 1e-6]);
});

test('what cannot be told apart without events of reclaim is not known, nor a share of more than all', () => {
  const blocks = at(machineOf(issue(0), issue(9)), 9);
  expect([figure(blocks, 'written_by_direct'), figure(blocks, 'written_by_memcg')]).toEqual([Number.NaN, Number.NaN]);
  expect(figure(blocks, 'written_by_kswapd')).toBe(0);
  const isolate = 'mm_vmscan_lru_isolate: classzone=0 order=0 nr_requested=9 nr_scanned=9 nr_taken=9 lru=inactive_file';
  const shrink = 'mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=9 nr_reclaimed=6 priority=1 flags=RECLAIM_WB_FILE';
  const kswapd = (us: number, event: string) => line('kswapd0-44', us, event);
  const machine = machineOf(kswapd(0, isolate), kswapd(1, shrink), 'CPU:0 [LOST 1 EVENTS]', kswapd(9, shrink));
  expect(figure(at(machine, 5), 'kswapd_efficiency_pct')).toBeCloseTo(66.67, 1);
  expect(figure(at(machine, 9), 'kswapd_efficiency_pct')).toBe(Number.NaN);
});

test('the log has the kernel’s own words, by whom, the newest that fit', () => {
  const machine = machineOf(wake(0), add(1), issue(2), wake(3), wake(9));
  machine.seek(5000);
  const all = { from: 0, ids: undefined, thread: undefined, text: '', limit: 10 };
  const found = machine.findEvents(all);
  expect([found.emitted, found.completeFrom, [...found.n]]).toEqual([4, 0, [0, 1, 2, 3]]);
  expect([...found.id]).toEqual([TRACE_ID.kswapdWake, 255, TRACE_ID.blockRqIssue, TRACE_ID.kswapdWake]);
  expect([...found.thread]).toEqual([0, 1, DISKS, 0]);
  expect(found.texts![1]).toEqual({
    who: 'dd-9',
    text: 'mm_filemap_add_to_page_cache: dev 8:1 ino c pfn=0x10 ofs=0 order=0',
  });
  const numbers = (ask: object) => [...machine.findEvents({ ...all, ...ask }).n];
  expect(numbers({ limit: 2 })).toEqual([2, 3]);
  expect(machine.findEvents({ ...all, limit: 2 }).completeFrom).toBe(2);
  expect(numbers({ text: 'INO C' })).toEqual([1]);
  expect(numbers({ thread: 0 })).toEqual([0, 3]);
  expect(numbers({ thread: DISKS })).toEqual([2]);
  expect(numbers({ ids: [TRACE_ID.kswapdWake], from: 1 })).toEqual([3]);
  const names = ['mm_filemap_add_to_page_cache'];
  expect(numbers({ ids: [], names })).toEqual([1]);
  expect(numbers({ ids: [TRACE_ID.blockRqIssue], names })).toEqual([1, 2]);
});

test('after its last event a trace stands still, whatever is asked for, and says where it ends', () => {
  const machine = machineOf(wake(0), issue(5), wake(2_000_000));
  const end = at(machine, 2_000_000);
  expect(end.stopped).toBeUndefined();
  const beyond = at(machine, 9_000_000);
  expect(beyond.stopped).toBe('The trace ends at 2.000 s.');
  expect(beyond.frame).toEqual(end.frame);
  expect(figure(beyond, 'kswapd_awake_s')).toBe(2);
  expect(machine.step('event').ok).toBe(true);
  expect(machine.takeAdvance().stopped).toBe('The trace ends at 2.000 s.');
  expect(at(machine, 5).stopped).toBeUndefined();
});

test('of pages of which none was scanned no share is freed', () => {
  expect(figure(at(machineOf(wake(0), issue(1)), 1), 'kswapd_efficiency_pct')).toBeNaN();
  const isolate = (pages: number) =>
    `mm_vmscan_lru_isolate: isolate_mode=0 classzone=0 order=0 nr_requested=${pages} nr_scanned=${pages} nr_skipped=0 nr_taken=${pages} lru=inactive_file`;
  const freed =
    'mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=4 nr_reclaimed=1 nr_dirty=0 nr_writeback=0 nr_congested=0 nr_immediate=0 nr_activate_anon=0 nr_activate_file=0 nr_ref_keep=0 nr_unmap_fail=0 priority=12 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC';
  const efficiency = (...lines: readonly string[]) => figure(at(machineOf(...lines), 9), 'kswapd_efficiency_pct');
  expect(efficiency(wake(0), line('dd-9', 1, isolate(4)), line('dd-9', 2, freed))).toBeNaN();
  expect(efficiency(wake(0), line('kswapd0-44', 1, isolate(4)), line('kswapd0-44', 2, freed))).toBe(25);
});

test('a step goes to the next row of its kind, to the end where there is none, and through no functions', () => {
  const machine = machineOf(wake(0), issue(5), add(5), wake(9));
  machine.seek(0);
  const step = (kind: 'event' | 'page' | 'io') => {
    expect(machine.step(kind).ok).toBe(true);
    return [machine.nowNs, machine.eventsDone];
  };
  expect(step('event')).toEqual([5000, 2]);
  machine.runUntil(5000, []);
  expect(machine.eventsDone).toBe(3);
  machine.seek(5000, 2);
  expect(step('page')).toEqual([5000, 3]);
  expect(step('io')).toEqual([9000, 4]);
  expect(machine.step('into')).toEqual({
    ok: false,
    error: {
      kind: 'bad-input',
      where: 'lines.txt',
      message: 'is a recorded kernel: its functions are not in the trace',
    },
  });
});

test('a text without times plays in its order, a millisecond apart', () => {
  const machine = machineOf('mm_vmscan_kswapd_wake: nid=0 order=0', 'mm_vmscan_kswapd_sleep: nid=0');
  expect(machine.durationNs).toBe(1e6);
});

test('where the run beside it forks, what was told of later times is told again', () => {
  const machine = machineOf(...[0, 10, 20].flatMap((us) => [issue(us), done(us + 5)]));
  const told = (us: number) => at(machine, us).requests.endNs.length;
  expect([told(25), told(25)]).toEqual([3, 0]);
  machine.seek(6000);
  machine.tellAgain(6000);
  expect([told(6), told(25)]).toEqual([0, 2]);
});
