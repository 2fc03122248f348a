import type { Cell, Report, TableReport, Total } from './compare.ts';
import { MACHINES, TESTS } from './experiments.ts';
import { LEVEL } from './judge.ts';

/** As columns of text, or as Markdown. */
export function asText(report: Report, format: 'table' | 'md'): string {
  const lines = [
    `Each cell: how the posted column differs from its baseline, and how the simulated one does, for the same work. Direction: up or`,
    `down by more than ${LEVEL * 100} %, or level. Counts of a small machine are never compared with counts of a large one, only ratios.`,
  ];
  for (const table of report.tables) lines.push('', ...tableLines(table, format));
  lines.push('', `${format === 'md' ? '**total** ' : 'total '}${totalText(report.total)}`);
  return lines.join('\n');
}

function tableLines(table: TableReport, format: 'table' | 'md'): string[] {
  const machine = MACHINES.find(({ id }) => id === table.machine);
  const test = TESTS.find(({ workload }) => workload === table.workload);
  const head = `${table.id}: ${table.title}`;
  const lines = [format === 'md' ? `### ${head}` : head, `  ${table.source}`];
  if (machine !== undefined && test !== undefined)
    lines.push(
      `  machine ${machine.id} at scale ${test.scale ?? machine.scale}: ${machine.why}`,
      `  workload ${test.workload}`,
    );
  lines.push(...grid(table.cells, format), `  ${totalText(table.total)}`);
  for (const { what, why } of table.left_out) lines.push(`  left out: ${what}: ${why}`);
  return lines;
}

function grid(cells: readonly Cell[], format: 'table' | 'md'): string[] {
  if (cells.length === 0) return [];
  const rows = [
    ['metric', 'column', 'kernel', 'posted', 'simulated', 'direction', 'factor 2', ''],
    ...cells.map((cell) => [
      cell.metric,
      cell.column,
      cell.kernel,
      ratioText(cell.posted_ratio),
      ratioText(cell.simulated_ratio),
      cell.direction_right ? 'right' : 'wrong',
      cell.within_factor_2 ? 'within' : 'outside',
      cell.apart === undefined ? '' : `not counted: ${cell.apart.kind}`,
    ]),
  ];
  if (format === 'md') {
    const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
    return ['', line(rows[0]!), line(rows[0]!.map(() => '---')), ...rows.slice(1).map(line), ''];
  }
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((text, column) => text.padEnd(widths[column]!)).join('  ')}`.trimEnd());
}

function ratioText(ratio: number): string {
  return ratio === Infinity ? 'from 0' : `x ${ratio.toFixed(ratio < 10 ? 2 : 0)}`;
}

function totalText({ cells, direction_right, within_factor_2 }: Total): string {
  if (cells === 0) return 'no cell counted';
  const share = (count: number) => `${count} (${Math.round((100 * count) / cells)} %)`;
  return `${cells} cells: direction right in ${share(direction_right)}, within a factor of 2 in ${share(within_factor_2)}`;
}
