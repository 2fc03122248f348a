import type { ScriptRow } from '../../abi/vmscan-script.ts';

/** A line with the latencies of a busy process has thousands of them. */
const LINE_MOST = 240;
const LINES_MOST = 600;

/** The script's text as it is shown: of a line that goes on and on its beginning, and of very many lines the first. */
export function shownText(text: string): string {
  const lines = text.split('\n');
  const shown = lines.slice(0, LINES_MOST).map(shownLine);
  const more = lines.length - shown.length;
  return (more > 0 ? [...shown, `and ${more} more lines`] : shown).join('\n');
}

function shownLine(line: string): string {
  if (line.length <= LINE_MOST) return line;
  const end = line.lastIndexOf(' ', LINE_MOST);
  if (end <= 0) return line;
  const more = line.slice(end).trim().split(/\s+/).length;
  return `${line.slice(0, end).trimEnd()} and ${more} more`;
}

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
