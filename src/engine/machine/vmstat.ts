/**
 * Counters of the machine, as one column of doubles. Names of /proc/vmstat where there is one; the rest are the
 * figures of design.md that the kernel does not count. Gauges come first.
 */
const NAMES = [
  'nr_file_dirty', 'nr_writeback', 'nr_file_pages', 'nr_isolated_anon', 'nr_isolated_file', 'nr_anon_pages', 'bdi_reclaimable', 'bdi_writeback',
  'nr_vmscan_write', 'allocstall', 'pageoutrun', 'pgscan_kswapd', 'pgscan_direct', 'pgsteal', 'kswapd_steal', 'pgrefill', 'pgactivate', 'pgdeactivate',
  'pgrotated', 'pgfault', 'pgmajfault', 'pswpin', 'pswpout', 'kswapd_low_wmark_hit_quickly', 'kswapd_high_wmark_hit_quickly', 'kswapd_skip_congestion_wait',
  'direct_pages_scanned', 'direct_pages_reclaimed', 'direct_write_file', 'direct_write_anon', 'direct_stall_ns',
  'kswapd_wake_requests', 'kswapd_wakeups', 'kswapd_pages_reclaimed', 'kswapd_write_file', 'kswapd_write_anon', 'kswapd_awake_ns',
  'memcg_reclaims', 'memcg_pages_scanned', 'memcg_pages_reclaimed', 'memcg_write_file', 'memcg_write_anon', 'memcg_stall_ns', 'memcg_oom_kills', 'oom_kills',
  'pages_touched', 'pages_dirtied', 'pages_written',
  'written_by_task', 'written_by_kswapd', 'written_by_direct', 'written_by_memcg', 'written_by_flusher',
  'write_requests_by_task', 'write_requests_by_kswapd', 'write_requests_by_direct', 'write_requests_by_memcg', 'write_requests_by_flusher',
  'range_writes', 'range_collateral_pages', 'range_collateral_redirtied', 'range_collateral_reclaimed', 'dirty_laps', 'dirty_laps_pages', 'dirty_laps_max',
  'throttled_ns', 'disk_read_requests', 'disk_write_requests', 'disk_sectors', 'disk_merges', 'disk_busy_ns', 'disk_seek_ns', 'disk_rotate_ns', 'disk_transfer_ns',
  'disk_seeks_any', 'disk_seeks_over_128', 'disk_seeks_over_800', 'lock_cycles', 'free_pages_integral', 'free_pages_since_ns', 'pages_submitted', 'pages_completed',
  'file_writes_not_by_kswapd', 'anon_writes_not_by_kswapd',
] as const;

export type CounterName = (typeof NAMES)[number];
export const COUNTER_NAMES: readonly CounterName[] = NAMES;
/** Row of each counter in the column. */
export const VM = Object.fromEntries(NAMES.map((name, row) => [name, row])) as Readonly<Record<CounterName, number>>;

export function createVmstat(): Float64Array {
  return new Float64Array(NAMES.length);
}
