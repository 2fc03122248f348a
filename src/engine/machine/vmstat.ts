/**
 * Counters of the machine, as one column of doubles. Names of /proc/vmstat where there is one; the rest are the
 * figures of design.md that the kernel does not count. Gauges come first. The rows are written out because the compiler
 * folds a literal's fields into the code (measured: 5 % of a run against a record built from a list of names).
 */
export const VM = {
  nr_file_dirty: 0, nr_writeback: 1, nr_file_pages: 2, nr_isolated_anon: 3, nr_isolated_file: 4, nr_anon_pages: 5, bdi_reclaimable: 6,
  bdi_writeback: 7, nr_vmscan_write: 8, allocstall: 9, pageoutrun: 10, pgscan_kswapd: 11, pgscan_direct: 12, pgsteal: 13, kswapd_steal: 14,
  pgrefill: 15, pgactivate: 16, pgdeactivate: 17, pgrotated: 18, pgfault: 19, pgmajfault: 20, pswpin: 21, pswpout: 22,
  kswapd_low_wmark_hit_quickly: 23, kswapd_high_wmark_hit_quickly: 24, kswapd_skip_congestion_wait: 25, direct_pages_scanned: 26,
  direct_pages_reclaimed: 27, direct_write_file: 28, direct_write_anon: 29, direct_stall_ns: 30, kswapd_wake_requests: 31, kswapd_wakeups: 32,
  kswapd_pages_reclaimed: 33, kswapd_write_file: 34, kswapd_write_anon: 35, kswapd_awake_ns: 36, memcg_reclaims: 37, memcg_pages_scanned: 38,
  memcg_pages_reclaimed: 39, memcg_write_file: 40, memcg_write_anon: 41, memcg_stall_ns: 42, memcg_oom_kills: 43, oom_kills: 44, pages_touched: 45,
  pages_dirtied: 46, pages_written: 47, written_by_task: 48, written_by_kswapd: 49, written_by_direct: 50, written_by_memcg: 51,
  written_by_flusher: 52, write_requests_by_task: 53, write_requests_by_kswapd: 54, write_requests_by_direct: 55, write_requests_by_memcg: 56,
  write_requests_by_flusher: 57, range_writes: 58, range_collateral_pages: 59, range_collateral_redirtied: 60, range_collateral_reclaimed: 61,
  dirty_laps: 62, dirty_laps_pages: 63, dirty_laps_max: 64, throttled_ns: 65, disk_read_requests: 66, disk_write_requests: 67, disk_sectors: 68,
  disk_merges: 69, disk_busy_ns: 70, disk_seek_ns: 71, disk_rotate_ns: 72, disk_transfer_ns: 73, disk_seeks_any: 74, disk_seeks_over_128: 75,
  disk_seeks_over_800: 76, lock_cycles: 77, free_pages_integral: 78, free_pages_since_ns: 79, pages_submitted: 80, pages_completed: 81,
  file_writes_not_by_kswapd: 82, anon_writes_not_by_kswapd: 83,
} as const;

export type CounterName = keyof typeof VM;
/** Names in the order of their rows. */
export const COUNTER_NAMES = Object.keys(VM) as readonly CounterName[];

export function createVmstat(): Float64Array {
  return new Float64Array(COUNTER_NAMES.length);
}
