import { expect, test } from 'vitest';
import { traceOf } from '../recorded.test-double.ts';
import { tracedTables } from './tables.ts';

const at = (seconds: string, task: string, text: string): string =>
  `${task.padStart(20)}     [000] .....     ${seconds}: ${text}`;
const single = (ino: string, wrote: number) =>
  `writeback_single_inode: bdi 8:0: ino=15 state=I_SYNC dirtied_when=1 age=1 index=1 to_write=1024 wrote=${wrote} cgroup_ino=${ino}`;
const shrink = (scanned: string) =>
  `mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=${scanned} nr_reclaimed=30 nr_dirty=2 priority=12 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC`;

const TABLES = tracedTables(
  traceOf(
    at('1.000000', 'dd-9', 'mm_vmscan_memcg_reclaim_begin: order=0 gfp_flags=GFP_NOFS'),
    at('1.100000', 'dd-9', shrink('9223372036854775807')),
    at('1.250000', 'dd-9', 'mm_vmscan_memcg_reclaim_end: nr_reclaimed=30'),
    at('1.300000', 'kworker/u4:4-111', single('18446744073709551615', 1024)),
    at('1.300001', 'kworker/u4:4-111', single('1', 7)),
    at('1.300002', 'kworker/u4:4-111', 'writeback_wake_background: bdi 8:0: cgroup_ino=1'),
    at('1.300003', 'kworker/u4:4-111', shrink('1')),
  ),
);
const valuesOf = (rows: readonly { label: string; value: string }[]) =>
  Object.fromEntries(rows.map(({ label, value }) => [label, value]));

test('events by name, the most frequent first', () => {
  expect(TABLES.events.map(({ label, value }) => `${label} ${value}`).slice(0, 2)).toEqual([
    'mm_vmscan_lru_shrink_inactive 2',
    'writeback_single_inode 2',
  ]);
});

test('sums to the last digit; what the trace has no event for has no row', () => {
  expect(valuesOf(TABLES.sums)).toEqual({
    'mm_vmscan_lru_shrink_inactive nr_scanned': '9223372036854775808',
    'mm_vmscan_lru_shrink_inactive nr_reclaimed': '60',
    'mm_vmscan_lru_shrink_inactive nr_dirty': '4',
    'mm_vmscan_memcg_reclaim_end nr_reclaimed': '30',
    'memcg reclaims, begin to end': '1',
    'time in memcg reclaim': '0.250000 s',
    'longest memcg reclaim': '0.250000 s',
  });
});

test('groups: writeback per cgroup_ino, reclaim of memory cgroups per task', () => {
  expect(valuesOf(TABLES.groups)).toEqual({
    'cgroup 18446744073709551615, writeback events': '1',
    'cgroup 18446744073709551615, pages written back': '1024',
    'cgroup 1, writeback events': '2',
    'cgroup 1, pages written back': '7',
    'dd-9, memory cgroup reclaims': '1',
    'dd-9, pages reclaimed': '30',
    'dd-9, time in memory cgroup reclaim': '0.250000 s',
  });
});

test('every row says what it counts', () => {
  const { events, sums, groups, script, counted } = TABLES;
  for (const { label, definition } of [...events, ...sums, ...groups, ...script.rows, ...counted])
    expect([label, definition]).toEqual([label, expect.stringMatching(/^.{10,}\.$/)]);
});
