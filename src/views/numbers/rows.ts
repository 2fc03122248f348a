/** What the table beside the lanes shows, in groups; the complete list is one click away. */
export const ROWS: readonly (readonly { readonly name: string; readonly label: string }[])[] = [
  [
    { name: 'requests_per_page', label: 'Requests per page' },
    { name: 'disk_mean_request_kib', label: 'Mean request, KiB' },
    { name: 'seeks_per_mib', label: 'Seeks per MiB' },
    { name: 'disk_busy_pct', label: 'Disk busy, %' },
  ],
  [
    { name: 'direct_reclaims', label: 'Direct reclaims' },
    { name: 'direct_stall_s', label: 'Stalled in direct, s' },
    { name: 'kswapd_awake_s', label: 'kswapd awake, s' },
    { name: 'kswapd_efficiency_pct', label: 'kswapd efficiency, %' },
  ],
  [
    { name: 'written_by_kswapd', label: 'Written by kswapd' },
    { name: 'written_by_direct', label: 'Written by direct' },
    { name: 'written_by_flusher', label: 'Written by flusher' },
    { name: 'written_by_memcg', label: 'Written by memcg' },
  ],
  [
    { name: 'range_collateral_pages', label: 'Written unasked' },
    { name: 'range_collateral_redirtied', label: 'dirtied again' },
  ],
  [
    { name: 'memcg_stall_s', label: 'Stalled in memcg, s' },
    { name: 'throttled_s', label: 'Writers throttled, s' },
    { name: 'oom_kills', label: 'OOM kills' },
    { name: 'memcg_oom_kills', label: 'OOM kills in memcg' },
  ],
  [
    { name: 'huge_success_pct', label: 'Huge pages got, %' },
    { name: 'huge_latency_p50_ms', label: 'median wait, ms' },
  ],
  [
    { name: 'lock_cycles', label: 'Lock cycles' },
    { name: 'stack_high_water_bytes', label: 'Stack high water, B' },
    { name: 'stack_overflows', label: 'Stack overflows' },
  ],
];
