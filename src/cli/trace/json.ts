import type { ScriptRow } from '../../abi/vmscan-script.ts';
import { CROSSCHECK_NOTES } from '../../traced/summary/vmstat.ts';
import type { TraceReport } from './report.ts';

/** The keys of the summary.json files that come with recorded traces, `reading` and `counted_fully` beside them. */
export function asJson({ place, read, summary, checks, scripts, form }: TraceReport): string {
  const { dialects, unparsed, bufferStartedLines } = read.reading;
  const document = {
    ...place,
    ...summary,
    ...('field_sums' in summary ? { buffer_started_lines: bufferStartedLines } : {}),
    ...(checks === undefined
      ? {}
      : {
          vmstat_delta: checks.delta,
          crosscheck_notes: CROSSCHECK_NOTES,
          crosscheck_with_vmstat: checks.figures,
        }),
    ...(scripts === undefined
      ? {}
      : { peer: { [form]: { figures: asPrinted(scripts.script.rows) } }, counted_fully: figures(scripts.counted) }),
    reading: { dialects, clock: read.table.clock, unparsed },
  };
  return exactJson(document, '');
}

const figures = (rows: readonly ScriptRow[]) => Object.fromEntries(rows.map(({ label, value }) => [label, value]));

/** The script prints seconds with two decimals. */
const asPrinted = (rows: readonly ScriptRow[]) =>
  figures(rows.map((row) => (row.unit === '' ? row : { ...row, value: Number(row.value.toFixed(2)) })));

/** JSON of two spaces' indent, as JSON.stringify writes it, that also knows integers beyond a double. */
function exactJson(value: unknown, indent: string): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((item) => exactJson(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([name, item]) => `${JSON.stringify(name)}: ${exactJson(item, inner)}`);
  const [open, close] = isList ? '[]' : '{}';
  if (entries.length === 0) return `${open}${close}`;
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${indent}${close}`;
}
