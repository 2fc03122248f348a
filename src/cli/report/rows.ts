import type { MetricName } from '../../abi/metrics.ts';

/** What the runs of one column came to: metrics added up over seeds and parts. */
export interface Totals {
  /** Undefined where the runs cannot have the metric. */
  sum(name: MetricName): number | undefined;
  /** The same of one part alone; undefined if there is no such part. */
  part(label: string): Totals | undefined;
  readonly elapsedS: number;
  /** How many runs were added up. */
  readonly runs: number;
  /** How much of the test's work was done. */
  readonly work: number;
}

type Value = (totals: Totals) => number | undefined;

function added(totals: Totals, names: readonly MetricName[]): number | undefined {
  let total = 0;
  for (const name of names) {
    const value = totals.sum(name);
    if (value === undefined) return undefined;
    total += value;
  }
  return total;
}

/** A count or a time, for the same work. */
const perWork =
  (...names: MetricName[]): Value =>
  (totals) => {
    const sum = added(totals, names);
    return sum === undefined || totals.work === 0 ? undefined : sum / totals.work;
  };

const percent =
  (part: readonly MetricName[], whole: readonly MetricName[]): Value =>
  (totals) => {
    const [over, under] = [added(totals, part), added(totals, whole)];
    return over === undefined || under === undefined || under === 0 ? undefined : (100 * over) / under;
  };

const perSecond =
  (...names: MetricName[]): Value =>
  (totals) => {
    const sum = added(totals, names);
    return sum === undefined ? undefined : sum / totals.elapsedS;
  };

const mean =
  (name: MetricName): Value =>
  (totals) => {
    const sum = totals.sum(name);
    return sum === undefined ? undefined : sum / totals.runs;
  };

const throughput: Value = (totals) => totals.work / totals.elapsedS;

const SCANNED = ['direct_pages_scanned', 'kswapd_pages_scanned'] as const;
const RECLAIMED = ['direct_pages_reclaimed', 'kswapd_pages_reclaimed'] as const;
const DIRECT_ASYNC = ['direct_write_file_async', 'direct_write_anon_async'] as const;
const DIRECT_SYNC = ['direct_write_file_sync', 'direct_write_anon_sync'] as const;
const KSWAPD_WRITES = ['kswapd_write_file_async', 'kswapd_write_anon_async'] as const;

/** Rows of the mails' tables and what they are here. Rows that are missing have no counterpart and are named. */
const VALUES: Readonly<Record<string, Value>> = {
  'Direct reclaims': perWork('direct_reclaims'),
  'Direct pages scanned': perWork('direct_pages_scanned'),
  'Direct pages reclaimed': perWork('direct_pages_reclaimed'),
  'Direct write async (file+anon)': perWork(...DIRECT_ASYNC),
  'Direct write sync (file+anon)': perWork(...DIRECT_SYNC),
  'Direct write FILE async': perWork('direct_write_file_async'),
  'Direct write ANON async': perWork('direct_write_anon_async'),
  'Direct write FILE sync': perWork('direct_write_file_sync'),
  'Direct write ANON sync': perWork('direct_write_anon_sync'),
  'Wake kswapd requests': perWork('kswapd_wake_requests'),
  'Kswapd wakeups': perWork('kswapd_wakeups'),
  'Kswapd pages scanned': perWork('kswapd_pages_scanned'),
  'Kswapd pages reclaimed': perWork('kswapd_pages_reclaimed'),
  'Kswapd write async (file+anon)': perWork(...KSWAPD_WRITES),
  'Kswapd write FILE async': perWork('kswapd_write_file_async'),
  'Kswapd write ANON async': perWork('kswapd_write_anon_async'),
  'Time stalled direct reclaim (s)': perWork('direct_stall_s'),
  'Time kswapd awake (s)': perWork('kswapd_awake_s'),
  'Total pages scanned': perWork(...SCANNED),
  'Total pages reclaimed': perWork(...RECLAIMED),
  '% reclaimed/scanned': percent(RECLAIMED, SCANNED),
  '% scanned that were written': percent([...DIRECT_ASYNC, ...KSWAPD_WRITES], SCANNED),
  '% time kswapd awake': percent(['kswapd_awake_s'], ['elapsed_s']),
  'Kswapd efficiency %': percent(['kswapd_pages_reclaimed'], ['kswapd_pages_scanned']),
  'Kswapd velocity (pages/s)': perSecond('kswapd_pages_scanned'),
  'Direct efficiency %': percent(['direct_pages_reclaimed'], ['direct_pages_scanned']),
  'Percentage direct scans': percent(['direct_pages_scanned'], SCANNED),
  'Page writes by reclaim': perWork(...DIRECT_ASYNC, ...KSWAPD_WRITES),
  'Swap outs': perWork('direct_write_anon_async', 'kswapd_write_anon_async'),
  'Success % pass 1': mean('huge_success_pct_pass1'),
  'Success % pass 2': mean('huge_success_pct_pass2'),
  'Success % at rest': mean('huge_success_pct_at_rest'),
  'Files/s mean': throughput,
  'Elapsed (s)': (totals) => totals.elapsedS / totals.work,
};

/** The function behind a row; a row named after a part of the test is that part's throughput. */
export function rowValueOf(row: string): Value | undefined {
  if (/^threads \d+$/.test(row)) {
    return (totals) => {
      const part = totals.part(row);
      return part === undefined ? undefined : throughput(part);
    };
  }
  return Object.hasOwn(VALUES, row) ? VALUES[row] : undefined;
}
