import type { PostedTable } from './tables.ts';

/** Cells that the mails themselves make unfit for a comparison: they are simulated and listed, but not counted. */
export interface ApartRule {
  readonly kind: 'fragile' | 'artefact' | 'same kernel';
  readonly table: RegExp;
  readonly column: RegExp;
  readonly metric: RegExp;
  readonly why: string;
  readonly source: string;
}

const ANY = /./;

export const APART_RULES: readonly ApartRule[] = [
  {
    kind: 'same kernel',
    table: ANY,
    column: /^stackreduce/,
    metric: ANY,
    why: 'the baseline with a smaller stack: its ratio here is 1 by construction, in the mail it shows how far two runs differ',
    source: 'history.md §2.1',
  },
  {
    kind: 'artefact',
    table: /^V1x-simplewb$/,
    column: /^stackreduce$/,
    metric: /^Time kswapd awake/,
    why: 'an outlier, as posted',
    source: 'history.md §2.4, note of the table',
  },
  {
    kind: 'fragile',
    table: ANY,
    column: ANY,
    metric: /^(Direct reclaims|Wake kswapd requests)$/,
    why: 'the sign of the change differs between versions of the series',
    source: 'history.md §2.2, fragile facts',
  },
  {
    kind: 'fragile',
    table: /sysbench/,
    column: ANY,
    metric: /^(Time stalled direct reclaim|% time in direct reclaim)/,
    why: 'the sign of the stall is not stable between versions: -89 %, +249 %, +205 %, -30 %, +49 %',
    source: 'history.md surprise 11 and §2.2',
  },
  {
    kind: 'fragile',
    table: /sysbench/,
    column: /^nodirect/,
    metric: /^(Kswapd write (FILE async|async \(file\+anon\))|% scanned that were written)$/,
    why: 'the sign of kswapd’s file writes with nodirect alone differs between versions',
    source: 'history.md §2.2, fragile facts',
  },
  {
    kind: 'fragile',
    table: /sysbench-perf$/,
    column: ANY,
    metric: ANY,
    why: 'not stable: varies by up to 15 % between runs, and the larger thread counts swap',
    source: 'note of the table; history.md §2.0',
  },
];

export interface Apart {
  readonly kind: ApartRule['kind'];
  readonly why: string;
  readonly source: string;
}

/** Why a cell does not count; undefined if it does. */
export function apartOf(table: PostedTable, column: number, metric: string): Apart | undefined {
  const name = table.columns[column]!;
  const rule = APART_RULES.find(
    (candidate) => candidate.table.test(table.id) && candidate.column.test(name) && candidate.metric.test(metric),
  );
  if (rule !== undefined) return { kind: rule.kind, why: rule.why, source: rule.source };
  const impossible = impossibleBecause(table, column, metric);
  return impossible === undefined
    ? undefined
    : { kind: 'artefact', why: impossible, source: 'history.md surprise 14 and §6.4' };
}

/** What cannot have been: kswapd awake for longer than the run, or reclaims that took no time at all. */
function impossibleBecause(table: PostedTable, column: number, metric: string): string | undefined {
  const posted = (name: string, at: number) => table.rows.find((row) => row.metric === name)?.values[at];
  for (const at of [0, column]) {
    if (metric === 'Time kswapd awake (s)' && (posted(metric, at) ?? 0) > (posted('Elapsed (s)', at) ?? Infinity))
      return `${table.columns[at]}: kswapd awake for longer than the run`;
    if (
      metric === 'Time stalled direct reclaim (s)' &&
      posted(metric, at) === 0 &&
      (posted('Direct reclaims', at) ?? 0) > 0
    )
      return `${table.columns[at]}: direct reclaims that stalled for no time`;
  }
  return undefined;
}
