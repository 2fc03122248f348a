import type { ScriptRow } from '../../abi/vmscan-script.ts';

interface SummaryRow {
  readonly label: string;
  readonly definition: string;
  readonly a: string;
  readonly b: string;
}

/**
 * The summaries of both machines side by side; the script prints seconds with two decimals. A row that one of them lacks, because
 * its kernel printed other events, is a dash there.
 */
export function summaryRows(a: readonly ScriptRow[], b: readonly ScriptRow[]): readonly SummaryRow[] {
  const text = (row: ScriptRow | undefined): string =>
    row === undefined || Number.isNaN(row.value) ? '–' : row.unit === '' ? String(row.value) : row.value.toFixed(2);
  const named = (rows: readonly ScriptRow[], label: string) => rows.find((row) => row.label === label);
  const all = [...a, ...b.filter(({ label }) => named(a, label) === undefined)];
  return all.map(({ label, unit, definition }) => ({
    label: unit === '' ? label : `${label} (${unit})`,
    definition,
    a: text(named(a, label)),
    b: text(named(b, label)),
  }));
}
