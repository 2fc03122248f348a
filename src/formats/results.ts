import { METRICS } from '../abi/metrics.ts';
import { MMTESTS, MMTESTS_ROWS } from '../abi/mmtests.ts';
import type { RunResult } from '../abi/run-result.ts';
import { MODEL_VERSION, type Scenario } from '../abi/scenario.ts';

/** What the runs of one scenario came to, as texts for other programs. */

export function resultsJson(scenario: Scenario, runs: readonly RunResult[]): string {
  return JSON.stringify(
    { model: MODEL_VERSION, scenario: scenario.id, seed: scenario.seed, until_s: scenario.untilS, runs },
    undefined,
    2,
  );
}

/** A row per metric; empty where a run has none. */
export function resultsCsv(runs: readonly RunResult[]): string {
  const head = ['metric', ...runs.map(({ machine }) => machine)];
  const rows = rowNames(runs).map((name) => [name, ...runs.map((run) => run.metrics[name] ?? '')]);
  return [head, ...rows].map((row) => row.join(',')).join('\n');
}

/** In the table's order: metrics, then what belongs to one group. */
export function rowNames(runs: readonly RunResult[]): string[] {
  const named = METRICS.map(({ name }) => name as string).filter((name) => runs.some((run) => name in run.metrics));
  const groups = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].filter((name) =>
    name.startsWith('memcg.'),
  );
  return [...named, ...groups];
}

const LABEL_CHARS = 28;
const CELL_CHARS = 14;
const SHARE_CHARS = 11;

/** The rows that mmtests' compare prints under the mails, in its columns: the first run is what the others are compared with. */
export function mmtestsTable(runs: readonly RunResult[]): string {
  const line = (label: string, cells: readonly (readonly [value: string, share: string])[]): string =>
    (
      label.padEnd(LABEL_CHARS) +
      cells.map(([value, share]) => value.padStart(CELL_CHARS) + share.padStart(SHARE_CHARS)).join('')
    ).trimEnd();
  const head = line(
    '',
    runs.map(({ kernel }) => [kernel, '']),
  );
  const rows = MMTESTS_ROWS.flatMap(({ name, label }) => {
    const values = runs.map((run) => figureOf(run, name));
    if (values.every((value) => Number.isNaN(value))) return [];
    return [
      line(
        label,
        values.map((value, run) => [numberText(value), shareText(values[0]!, value, run)]),
      ),
    ];
  });
  return [head, ...rows].join('\n');
}

function figureOf({ metrics }: RunResult, name: string): number {
  const get = (other: string): number => metrics[other] ?? Number.NaN;
  return MMTESTS.find((derived) => derived.name === name)?.of(get) ?? get(name);
}

const numberText = (value: number): string =>
  Number.isNaN(value) ? '-' : Number.isInteger(value) ? String(value) : value.toFixed(2);

/** `( 12.50%)`: by how much more or less than the first; of the first itself 0. */
function shareText(base: number, value: number, run: number): string {
  if (run === 0 || Number.isNaN(base) || Number.isNaN(value)) return '';
  if (base === 0) return value === 0 ? '(  0.00%)' : '(   new )';
  return `(${((100 * (value - base)) / base).toFixed(2).padStart(6)}%)`;
}
