import type { SeekDefinition } from '../../store/layout.ts';
import { SEEKS_PER_MIB } from './derived-metrics.ts';

export interface NamedRow {
  readonly name: string;
  readonly label: string;
}

/** The four ways to count a seek, side by side. */
export const SEEK_ROWS: readonly (NamedRow & { readonly id: SeekDefinition })[] = [
  { id: 'any', name: 'disk_seeks_any', label: 'any' },
  { id: 'over_128', name: 'disk_seeks_over_128', label: '> 128 sectors' },
  { id: 'over_800', name: 'disk_seeks_over_800', label: '> 800 sectors' },
  { id: 'btt', name: 'disk_seeks_btt', label: 'btt' },
];

/** What the table beside the lanes shows, in groups, under a definition of seeks; the complete list is one click away. */
export const rowsWith = (seeks: SeekDefinition): readonly (readonly NamedRow[])[] => [
  [
    { name: 'requests_per_page', label: 'Requests per page' },
    { name: 'disk_mean_request_kib', label: 'Mean request, KiB' },
    { name: SEEKS_PER_MIB[seeks], label: 'Seeks per MiB' },
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
