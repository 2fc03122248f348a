import { MMTESTS_ROWS } from '../../abi/mmtests.ts';
import type { Twin } from '../../store/feed.ts';
import type { SeekDefinition } from '../../store/layout.ts';
import { metricValue } from './derived-metrics.ts';
import { type NamedRow, rowsWith, SEEK_ROWS } from './result-rows.ts';

/** What a mail can hold without being broken. */
export const MAIL_COLUMNS = 72;
const LABEL = 30;
const VALUE = 13;
const DELTA = 12;

export interface Kernels {
  readonly A: string;
  readonly B: string;
}

const plain = (value: number): string => {
  if (Number.isNaN(value)) return '-';
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 3 : 2);
};

/** From A to B, as mmtests' compare has it; a share of a share is told in points. */
function deltaText(a: number, b: number, isShare: boolean): string {
  if (Number.isNaN(a) || Number.isNaN(b)) return '';
  if (isShare) return `${signed(b - a)} pts`;
  return a === 0 ? (b === 0 ? '0.00%' : 'new') : `${signed((100 * (b - a)) / a)}%`;
}
const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(2)}`;

function line(label: string, ...cells: readonly string[]): string {
  const [a = '', b = '', delta = ''] = cells;
  return `${label.padEnd(LABEL)}${a.padStart(VALUE)}${b.padStart(VALUE)}${delta.padStart(DELTA)}`.trimEnd();
}

function rowLines(rows: readonly NamedRow[], { A, B }: Pick<Twin, 'A' | 'B'>): string[] {
  return rows.flatMap(({ name, label }) => {
    const [a, b] = [metricValue(A, name), metricValue(B, name)];
    if (Number.isNaN(a) && Number.isNaN(b)) return [];
    return [line(label, plain(a), plain(b), deltaText(a, b, name.endsWith('_pct')))];
  });
}

const cut = (name: string): string => name.slice(0, VALUE - 1);

/** The tables as plain text: what the page shows, seeks under every definition, and mmtests' rows. */
export function resultsText(twin: Twin, kernels: Kernels, seeks: SeekDefinition): string {
  const chosen = SEEK_ROWS.find(({ id }) => id === seeks)?.label ?? '';
  const seekRows = SEEK_ROWS.map((row) => ({ ...row, label: `Seeks, ${row.label}` }));
  return [
    line('', 'A', 'B', 'B to A'),
    line('', cut(kernels.A), cut(kernels.B)),
    ...rowLines(rowsWith(seeks).flat(), twin),
    `(seeks per MiB counted as: ${chosen})`,
    '',
    ...rowLines(seekRows, twin),
    '',
    'vmstat, as mmtests names it',
    ...rowLines(MMTESTS_ROWS, twin),
  ].join('\n');
}
