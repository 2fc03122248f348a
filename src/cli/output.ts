import type { RunResult } from '../abi/run-result.ts';
import type { Scenario } from '../abi/scenario.ts';
import { rowNames } from '../formats/results.ts';

/** One line per metric: A, B and B against A, as in the results table on screen. */
export function asTable(scenario: Scenario, runs: readonly RunResult[], notes: readonly string[]): string {
  const head = [
    `${scenario.title} (${scenario.id}), seed ${scenario.seed}, ${scenario.untilS} s`,
    ...runs.map((run) => `  ${run.machine} ${run.kernel}  hash ${run.hash}`),
  ];
  const stopped = runs
    .filter((run) => run.stopped !== undefined)
    .map((run) => `  ${run.machine} stopped: ${run.stopped}`);
  const rows = rowNames(runs).map((name) => {
    const values = runs.map((run) => run.metrics[name]);
    return [name, ...values.map(numberText), deltaText(values[0], values[1])];
  });
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => row[column]!.length), column === 0 ? 0 : 10),
  );
  const lines = [['', 'A', 'B', 'B to A'], ...rows].map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
  return [...head, ...stopped, ...notes.map((note) => `  ${note}`), '', ...lines].join('\n');
}

function numberText(value: number | undefined): string {
  if (value === undefined) return '-';
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

function deltaText(a: number | undefined, b: number | undefined): string {
  if (a === undefined || b === undefined) return '';
  if (a === b) return '=';
  if (a === 0) return 'new';
  const ratio = b / a;
  return ratio >= 2
    ? `x ${ratio.toFixed(1)}`
    : ratio > 0 && ratio <= 0.5
      ? `/ ${(1 / ratio).toFixed(1)}`
      : `${ratio > 1 ? '+' : ''}${((ratio - 1) * 100).toFixed(0)} %`;
}
