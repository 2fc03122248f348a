import type { DerivedMetric } from './derived-metric.ts';

type Get = (name: string) => number;
const SOURCE = 'mmtests: MonitorMmtestsvmstat.pm';

const sum = (get: Get, names: readonly string[]): number => names.reduce((total, name) => total + (get(name) || 0), 0);
const efficiency = (freed: number, scanned: number): number => (scanned === 0 ? 100 : (100 * freed) / scanned);
const perSecond = (get: Get, name: string): number =>
  get('elapsed_s') > 0 ? get(name) / get('elapsed_s') : Number.NaN;

const BY = ['direct', 'kswapd'] as const;
const FILE = [...BY.map((who) => `${who}_write_file_async`), 'direct_write_file_sync', 'memcg_write_file'];
const ANON = [...BY.map((who) => `${who}_write_anon_async`), 'direct_write_anon_sync', 'memcg_write_anon'];

/** What mmtests makes of /proc/vmstat, where it is no counter by itself. */
export const MMTESTS = [
  {
    name: 'kswapd_velocity',
    label: 'Kswapd velocity',
    unit: 'pages/s',
    definition: `kswapd_pages_scanned / elapsed_s (${SOURCE}).`,
    of: (get: Get) => perSecond(get, 'kswapd_pages_scanned'),
  },
  {
    name: 'direct_efficiency_pct',
    label: 'Direct efficiency',
    unit: '%',
    definition: `direct_pages_reclaimed × 100 / direct_pages_scanned; 100 when nothing was scanned (${SOURCE}).`,
    of: (get: Get) => efficiency(get('direct_pages_reclaimed'), get('direct_pages_scanned')),
  },
  {
    name: 'direct_velocity',
    label: 'Direct velocity',
    unit: 'pages/s',
    definition: `direct_pages_scanned / elapsed_s (${SOURCE}).`,
    of: (get: Get) => perSecond(get, 'direct_pages_scanned'),
  },
  {
    name: 'direct_scans_pct',
    label: 'Percentage direct scans',
    unit: '%',
    definition: `direct_pages_scanned × 100 / (direct_pages_scanned + kswapd_pages_scanned); 0 when nothing was scanned (${SOURCE}).`,
    of: (get: Get) => {
      const all = get('direct_pages_scanned') + get('kswapd_pages_scanned');
      return all === 0 ? 0 : (100 * get('direct_pages_scanned')) / all;
    },
  },
  {
    name: 'reclaim_page_writes',
    label: 'Page writes by reclaim',
    unit: 'pages',
    definition: `nr_vmscan_write (${SOURCE}): pages handed to ->writepage one at a time, by kswapd, direct and memcg reclaim. Range writes are not in it.`,
    of: (get: Get) => sum(get, [...FILE, ...ANON]),
  },
  {
    name: 'reclaim_page_writes_file',
    label: 'Page writes file',
    unit: 'pages',
    definition: `Of reclaim_page_writes, those of files (${SOURCE} takes nr_vmscan_write - pswpout).`,
    of: (get: Get) => sum(get, FILE),
  },
  {
    name: 'reclaim_page_writes_anon',
    label: 'Page writes anon',
    unit: 'pages',
    definition: `Of reclaim_page_writes, those of anonymous memory (${SOURCE} takes pswpout).`,
    of: (get: Get) => sum(get, ANON),
  },
] as const satisfies readonly DerivedMetric[];

/** In the order and the words of the mails. */
export const MMTESTS_ROWS: readonly { readonly name: string; readonly label: string }[] = [
  { name: 'major_faults', label: 'Major Faults' },
  { name: 'allocstall', label: 'Allocation stalls' },
  { name: 'direct_pages_scanned', label: 'Direct pages scanned' },
  { name: 'kswapd_pages_scanned', label: 'Kswapd pages scanned' },
  { name: 'kswapd_pages_reclaimed', label: 'Kswapd pages reclaimed' },
  { name: 'direct_pages_reclaimed', label: 'Direct pages reclaimed' },
  { name: 'kswapd_efficiency_pct', label: 'Kswapd efficiency %' },
  { name: 'kswapd_velocity', label: 'Kswapd velocity' },
  { name: 'direct_efficiency_pct', label: 'Direct efficiency %' },
  { name: 'direct_velocity', label: 'Direct velocity' },
  { name: 'direct_scans_pct', label: 'Percentage direct scans' },
  { name: 'reclaim_page_writes', label: 'Page writes by reclaim' },
  { name: 'reclaim_page_writes_file', label: 'Page writes file' },
  { name: 'reclaim_page_writes_anon', label: 'Page writes anon' },
  { name: 'nr_vmscan_immediate_reclaim', label: 'Page reclaim immediate' },
];
