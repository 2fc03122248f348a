import type { ScriptRow } from '../../abi/vmscan-script.ts';

interface SummaryRow {
  readonly label: string;
  readonly definition: string;
  readonly a: string;
  readonly b: string;
}

/** The summaries of both machines side by side; the script prints seconds with two decimals. */
export function summaryRows(a: readonly ScriptRow[], b: readonly ScriptRow[]): readonly SummaryRow[] {
  const text = (row: ScriptRow | undefined): string =>
    row === undefined ? '–' : row.unit === '' ? String(row.value) : row.value.toFixed(2);
  return a.map((row, at) => ({
    label: row.unit === '' ? row.label : `${row.label} (${row.unit})`,
    definition: row.definition,
    a: text(row),
    b: text(b[at]),
  }));
}
