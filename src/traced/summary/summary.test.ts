import { describe, expect, test } from 'vitest';
import { traceOf } from '../recorded.test-double.ts';
import { summarize } from './summary.ts';

const at = (seconds: string, task: string, text: string): string =>
  `${task.padStart(20)}     [000] .....     ${seconds}: ${text}`;
const kswapd = (seconds: string, text: string) => at(seconds, 'kswapd0-44', text);
const dd = (seconds: string, text: string) => at(seconds, 'dd-162', text);
const shrink = (scanned: string) =>
  `mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=${scanned} nr_reclaimed=1 nr_dirty=0 priority=12 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC`;
const issue = (sector: string, count: number, rwbs = 'W', dev = '8,0') =>
  `block_rq_issue: ${dev} ${rwbs} ${count * 512} () ${sector} + ${count} [dd]`;
const complete = (sector: string, count: number, rwbs = 'W') =>
  `block_rq_complete: 8,0 ${rwbs} () ${sector} + ${count} [0]`;

const summaryOf = (...lines: readonly string[]) => summarize(traceOf(...lines));

test('sums beyond 2^53 are exact', () => {
  const max = '9223372036854775807';
  const { field_sums, field_sums_kswapd_vs_other } = summaryOf(
    dd('1.000000', shrink(max)),
    dd('1.000001', shrink(max)),
    kswapd('1.000002', shrink('3')),
  );

  expect(field_sums.mm_vmscan_lru_shrink_inactive!.nr_scanned).toBe(18446744073709551617n);
  expect(field_sums_kswapd_vs_other.mm_vmscan_lru_shrink_inactive!.kswapd).toMatchObject({
    nr_scanned: 3,
    nr_dirty: 0,
  });
});

test('a request that is taken back is not with the drive', () => {
  const requeue = 'block_rq_requeue: 8,0 W () 100 + 8 [0]';
  const { block_issue_to_complete } = summaryOf(
    dd('1.000000', issue('100', 8)),
    dd('1.000010', requeue),
    dd('1.000020', issue('900', 8)),
    dd('1.000030', complete('900', 8)),
  );

  expect(block_issue_to_complete).toMatchObject({ matched: 1, issued_not_completed: 0, max_outstanding: 1 });
});

test('kswapd is a task of that name with a number; its helpers are others', () => {
  const { field_sums_kswapd_vs_other: by } = summaryOf(
    kswapd('1.000000', shrink('3')),
    at('1.000001', 'kswapd-top-9', shrink('5')),
  );

  expect(by.mm_vmscan_lru_shrink_inactive).toMatchObject({ kswapd: { nr_scanned: 3 }, other: { nr_scanned: 5 } });
});

describe('requests', () => {
  test('a sector counts once however often it is written, apart per device', () => {
    const { block } = summaryOf(
      dd('1.000000', issue('100', 8)),
      dd('1.000001', issue('104', 8)),
      dd('1.000002', issue('100', 8)),
      dd('1.000003', issue('100', 8, 'W', '8,16')),
      dd('1.000004', issue('100', 8, 'RA')),
    );

    expect(block.block_rq_issue).toMatchObject({
      write_requests: 4,
      write_sectors: 32,
      write_sectors_distinct: 20,
      read_sectors_distinct: 8,
      distinct_start_sectors: 3,
      by_device: { '8,0': 4, '8,16': 1 },
    });
  });

  test('a flush has no place: its sector −1 is in no seek and no range', () => {
    const { block, seek_issue_order_sectors: seeks } = summaryOf(
      dd('1.000000', issue('100', 8)),
      dd('1.000001', issue('0', 0, 'FF')),
      dd('1.000002', issue('108', 8)),
      dd('1.000003', complete('18446744073709551615', 0, 'FF')),
    );

    expect(seeks.all).toEqual({ pairs: 1, abs_from_prev_end: 0, abs_from_prev_start: 8, sequential: 1, backward: 0 });
    expect(block.block_rq_issue).toMatchObject({ count: 3, zero_length: 1, write_requests: 2 });
    expect(block.block_rq_complete).toMatchObject({ count: 1, zero_length: 1, distinct_start_sectors: 0 });
  });

  test('sectors beyond 2^53 keep their last digit', () => {
    const { block, seek_issue_order_sectors: seeks } = summaryOf(
      dd('1.000000', issue('18446744073709551000', 8)),
      dd('1.000001', issue('18446744073709551004', 8)),
      dd('1.000002', issue('7', 1)),
    );

    expect(block.block_rq_issue).toMatchObject({
      write_sectors: 17,
      write_sectors_distinct: 13,
      distinct_start_sectors: 3,
    });
    expect(seeks.writes!.abs_from_prev_end).toBe(4n + 18446744073709551012n - 7n);
  });

  test('a requeue takes the issue back, the second issue is the one that completes', () => {
    const { block_issue_to_complete: times, seek_issue_order_sectors: seeks } = summaryOf(
      dd('1.000000', issue('100', 8)),
      dd('1.000010', 'block_rq_requeue: 8,0 W () 100 + 8 [0]'),
      dd('1.000100', issue('100', 8)),
      dd('1.000130', complete('100', 8)),
      dd('1.000140', complete('300', 8)),
      dd('1.000150', issue('400', 8)),
    );

    expect(times).toEqual({
      matched: 1,
      us_sum: 30,
      us_max: 30,
      complete_without_issue: 1,
      issued_not_completed: 1,
      max_outstanding: 1,
      complete_with_nonzero_error: 0,
    });
    expect(seeks.writes).toMatchObject({ pairs: 2, abs_from_prev_end: 8 + 292, backward: 1 });
  });
});

describe('reclaim', () => {
  const begin = (kind: string) => `mm_vmscan_${kind}_reclaim_begin: order=0 gfp_flags=GFP_NOFS`;
  const end = (kind: string) => `mm_vmscan_${kind}_reclaim_end: nr_reclaimed=32`;

  test('begin and end are matched by pid, per kind; what has no other half is counted', () => {
    const summary = summaryOf(
      dd('1.000000', end('direct')),
      dd('1.000010', begin('direct')),
      at('1.000011', 'cat-7', begin('memcg')),
      dd('1.000040', end('direct')),
      at('1.000050', 'tar-8', begin('direct')),
    );

    expect(summary.reclaim_pairs).toEqual({
      direct: { pairs: 1, latency_us_sum: 30, latency_us_max: 30, latency_us_min: 30 },
    });
    expect(summary.reclaim_end_without_begin).toEqual({ direct: 1 });
    expect(summary.reclaim_begin_without_end).toEqual({ direct: 1, memcg: 1 });
  });

  test('kswapd is awake from its first wake to its sleep; a sleep without a wake counts nothing', () => {
    const wake = (seconds: string) => kswapd(seconds, 'mm_vmscan_kswapd_wake: nid=0 order=0');
    const { kswapd_awake } = summaryOf(
      kswapd('1.000000', 'mm_vmscan_kswapd_sleep: nid=0'),
      wake('1.000100'),
      wake('1.000200'),
      kswapd('1.000300', 'mm_vmscan_kswapd_sleep: nid=0'),
      wake('1.000400'),
    );

    expect(kswapd_awake).toEqual({ intervals: 1, us_sum: 200, still_awake_at_end: 1 });
  });
});

test('a text without tasks and clock has counts, and nothing by task or time', () => {
  const summary = summaryOf(
    'mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_NOFS',
    shrink('3'),
    'mm_vmscan_direct_reclaim_end: nr_reclaimed=32',
  );

  expect(summary.events.mm_vmscan_direct_reclaim_begin).toBe(1);
  expect([summary.first_timestamp_us, summary.duration_us]).toEqual([NaN, NaN]);
  expect([summary.cpus, summary.tasks, summary.reclaim_pairs]).toEqual([{}, {}, {}]);
  expect(summary.field_sums_kswapd_vs_other.mm_vmscan_lru_shrink_inactive).toEqual({
    unknown: { nr_scanned: 3, nr_reclaimed: 1, nr_dirty: 0 },
  });
});
