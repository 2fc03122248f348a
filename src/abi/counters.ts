import type { Metric } from './metric.ts';

/** A figure that is sampled over the whole run: the names of /proc/vmstat where the kernel has one. */
export interface SampledCounter {
  readonly name: string;
  /** Goes up and down; the others only grow, so that their rate says more. */
  readonly isGauge: boolean;
}

const gauge = (name: string): SampledCounter => ({ name, isGauge: true });
const count = (name: string): SampledCounter => ({ name, isGauge: false });

/** In the order of the columns of SampleColumns.counters. */
export const SAMPLED: readonly SampledCounter[] = [
  gauge('nr_free_pages'),
  gauge('nr_dirty'),
  gauge('nr_writeback'),
  gauge('nr_inactive_file'),
  gauge('nr_active_file'),
  gauge('nr_inactive_anon'),
  gauge('nr_active_anon'),
  count('allocstall'),
  count('pgscan_direct'),
  count('pgscan_kswapd'),
  count('pgsteal'),
  count('kswapd_steal'),
  count('pageoutrun'),
  count('nr_vmscan_write'),
  count('pgrotated'),
  count('pgactivate'),
  count('pgdeactivate'),
  count('pgfault'),
  count('pgmajfault'),
  count('pswpin'),
  count('pswpout'),
  count('pages_dirtied'),
  count('pages_written'),
  count('disk_requests'),
  count('disk_seeks_over_128'),
];

export type VmstatRow = Pick<Metric, 'name' | 'label' | 'unit' | 'definition' | 'source' | 'rule'>;
const row = (name: string, definition: string, source: string, rule: string): VmstatRow => ({
  name,
  label: name,
  unit: 'pages',
  definition,
  source,
  rule,
});

/** What those that are no metric count; all zones together. */
export const VMSTAT_ROWS: readonly VmstatRow[] = [
  row('nr_free_pages', 'Free frames in the buddy lists.', 'NR_FREE_PAGES; mm/page_alloc.c', '§1.2'),
  row('nr_dirty', 'File pages in the cache that are dirty and not under writeback.', 'NR_FILE_DIRTY', 'R5.2'),
  row('nr_writeback', 'Pages under writeback, swap included.', 'NR_WRITEBACK', 'R5.2'),
  row('nr_inactive_file', 'Pages on the inactive file list.', 'NR_INACTIVE_FILE', 'R3.1'),
  row('nr_active_file', 'Pages on the active file list.', 'NR_ACTIVE_FILE', 'R3.1'),
  row('nr_inactive_anon', 'Pages on the inactive anonymous list.', 'NR_INACTIVE_ANON', 'R3.1'),
  row('nr_active_anon', 'Pages on the active anonymous list.', 'NR_ACTIVE_ANON', 'R3.1'),
  row('pgscan_direct', 'Pages that direct reclaim took off the inactive lists to judge.', 'PGSCAN_DIRECT', 'R3.16'),
  row('pgscan_kswapd', 'Pages that kswapd took off the inactive lists to judge.', 'PGSCAN_KSWAPD', 'R3.16'),
  row('pgsteal', 'Pages that reclaim of any kind freed, memory cgroups included.', 'PGSTEAL', 'R3.26'),
  row('kswapd_steal', 'Pages that kswapd freed.', 'KSWAPD_STEAL', 'R3.26'),
  {
    ...row('pageoutrun', 'Times kswapd entered balance_pgdat().', 'PAGEOUTRUN; mm/vmscan.c:balance_pgdat', 'R3.30'),
    unit: '',
  },
  row(
    'nr_vmscan_write',
    'Pages that reclaim handed to ->writepage, one at a time; range writes are not counted.',
    'NR_VMSCAN_WRITE; mm/vmscan.c:pageout',
    'R4.2, P5.5',
  ),
  row('pgrotated', 'Pages moved to the tail when their writeback ended.', 'PGROTATED; mm/swap.c', 'R3.38'),
  row('pgactivate', 'Pages moved to an active list.', 'PGACTIVATE', 'R3.5, R3.22'),
  row('pgdeactivate', 'Pages moved from an active to an inactive list.', 'PGDEACTIVATE', 'R3.10, R3.16'),
  { ...row('pgfault', 'Page faults, minor and major.', 'PGFAULT', 'R4.10'), unit: '' },
  { ...row('pgmajfault', 'Page faults that had to wait for a read from disk.', 'PGMAJFAULT', 'R4.10'), unit: '' },
  row('pswpin', 'Pages read from swap.', 'PSWPIN', 'R4.10'),
  row('pswpout', 'Pages written to swap.', 'PSWPOUT', 'R4.2'),
];
