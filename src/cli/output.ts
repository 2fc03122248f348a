import { METRICS } from '../abi/metrics.ts';
import { type MachineId, MODEL_VERSION, type Scenario } from '../abi/scenario.ts';

/** What one machine's run came to. */
export interface RunResult {
  readonly machine: MachineId;
  readonly kernel: string;
  readonly hash: string;
  readonly stopped?: string;
  readonly metrics: Readonly<Record<string, number>>;
}

export function asJson(scenario: Scenario, runs: readonly RunResult[]): string {
  return JSON.stringify(
    { model: MODEL_VERSION, scenario: scenario.id, seed: scenario.seed, until_s: scenario.untilS, runs },
    undefined,
    2,
  );
}

export function asCsv(runs: readonly RunResult[]): string {
  const names = rowNames(runs);
  return ['metric,A,B', ...names.map((name) => [name, ...runs.map((run) => run.metrics[name] ?? '')].join(','))].join(
    '\n',
  );
}

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

function rowNames(runs: readonly RunResult[]): string[] {
  const named = METRICS.map(({ name }) => name as string).filter((name) => runs.some((run) => name in run.metrics));
  const groups = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].filter((name) =>
    name.startsWith('memcg.'),
  );
  return [...named, ...groups];
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
