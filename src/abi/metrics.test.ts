import { expect, test } from 'vitest';
import type { Metric } from './metric.ts';
import { METRIC_INDEX, METRICS } from './metrics.ts';

/** The names the command line, the screen and the exports promise. */
const PROMISED = `
  direct_reclaims direct_pages_scanned direct_pages_reclaimed direct_write_file_async direct_write_file_sync
  direct_write_anon_async direct_write_anon_sync direct_stall_s kswapd_wake_requests kswapd_wakeups
  kswapd_pages_scanned kswapd_pages_reclaimed kswapd_write_file_async kswapd_write_anon_async kswapd_awake_s
  kswapd_efficiency_pct memcg_reclaims memcg_pages_scanned memcg_pages_reclaimed memcg_write_file memcg_write_anon
  memcg_stall_s memcg_oom_kills oom_kills allocstall pages_touched pages_dirtied major_faults pages_written
  written_by_kswapd written_by_direct written_by_memcg written_by_flusher written_by_dirtier
  write_requests_by_kswapd write_requests_by_direct write_requests_by_memcg write_requests_by_flusher
  write_requests_by_dirtier range_writes range_collateral_pages range_collateral_redirtied
  range_collateral_reclaimed dirty_laps_mean dirty_laps_max throttled_s disk_requests disk_read_requests
  disk_write_requests disk_mean_request_kib disk_merges disk_mib_per_s disk_busy_s disk_seek_s disk_rotate_s
  disk_transfer_s disk_seeks_any disk_seeks_over_128 disk_seeks_over_800 disk_seeks_btt
  disk_seek_mean_sectors_btt stack_high_water_bytes stack_overflows
  lock_cycles huge_attempts huge_success_pct huge_success_pct_pass1 huge_success_pct_pass2 huge_success_pct_at_rest
  huge_latency_p50_ms huge_latency_p99_ms huge_elapsed_s huge_pages_held lumpy_bystanders lumpy_refaults
  compact_success compact_fail compact_pages_moved
  free_pages_mean elapsed_s
  events invariant_checks`
  .trim()
  .split(/\s+/);

const METRICS_AS_ROWS: readonly Metric[] = METRICS;

test('every promised metric is declared, and no name twice', () => {
  const names = METRICS_AS_ROWS.map((metric) => metric.name);

  expect(names).toEqual(expect.arrayContaining(PROMISED));
  expect(new Set(names).size).toBe(names.length);
});

test('METRIC_INDEX leads to the row of its name', () => {
  for (const metric of METRICS) expect(METRICS[METRIC_INDEX[metric.name]]).toBe(metric);
});

test('a metric says what it is, where it comes from and which rules it follows', () => {
  for (const { name, label, definition, source, rule, leftOut } of METRICS_AS_ROWS) {
    expect(leftOut, name).toMatch(/^$|^\S.{10,}\.$/);
    expect(definition, name).toMatch(/^[A-Z0-9].{15,}\.$|^mm_vmscan.{15,}\.$/);
    expect(source, name).not.toBe('');
    expect(rule, name).toMatch(/^([RPIB]\d|§|history\.md §)/);
    expect(label.length, name).toBeLessThanOrEqual(34);
  }
});
