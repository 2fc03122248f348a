import { describeMetric } from '../shared/derived-metrics.ts';
import { delta, short } from '../shared/format.ts';
import type { SweepPlan } from './plan.ts';
import { completeSeeds, evenPart, pointsOf, type Summary, type SweepRun, summariesOf } from './results.ts';

export interface MetricTable {
  readonly metric: string;
  readonly label: string;
  readonly unit: string;
  /** One per value of the plan; absent where no run has the figure. */
  readonly rows: readonly {
    readonly a: Summary | undefined;
    readonly b: Summary | undefined;
    readonly change: string;
  }[];
}

/** The same as the charts, in rows. */
export function tablesOf(
  plan: SweepPlan,
  runs: readonly SweepRun[],
  metrics: readonly string[],
): readonly MetricTable[] {
  const even = evenPart(plan, runs);
  return metrics.map((metric) => {
    const { label = metric, unit = '' } = describeMetric(metric) ?? {};
    const points = pointsOf(even, metric);
    const [ofA, ofB] = [summariesOf(points, 'A'), summariesOf(points, 'B')];
    const rows = plan.values.map((_, value) => {
      const a = ofA.find((one) => one.value === value);
      const b = ofB.find((one) => one.value === value);
      return { a, b, change: a && b ? delta(a.median, b.median, unit).text : '' };
    });
    return { metric, label, unit, rows };
  });
}

/** "0.87 [0.80–0.91]"; a single seed has no spread. */
export function cellText(one: Summary | undefined): string {
  if (!one) return '–';
  const spread = one.min === one.max ? '' : ` [${short(one.min)}–${short(one.max)}]`;
  return `${short(one.median)}${spread}`;
}

/** "3 seeds each", "2 of 3 seeds each", and what a stopped sweep has before its first round is through. */
export function seedsText(plan: SweepPlan, runs: readonly SweepRun[]): string {
  const even = completeSeeds(plan, runs).length;
  const of = plan.seeds.length;
  if (even === of) return `${of} seed${of === 1 ? '' : 's'} each`;
  return even === 0 ? 'the first seed, not everywhere yet' : `${even} of ${of} seeds each`;
}

/** Columns wide enough for their longest cell, numbers to the right: for a mail. */
export function plainText(plan: SweepPlan, runs: readonly SweepRun[], metrics: readonly string[]): string {
  const { kernels, id } = plan.scenario;
  const head = [
    `${id}: ${plan.path}, ${seedsText(plan, runs)}, ${plan.untilNs / 1e9} s long`,
    `A ${kernels.A}  B ${kernels.B}  median [min–max]`,
  ];
  const tables = tablesOf(plan, runs, metrics).map(({ label, unit, rows }) => {
    const lines = [
      [plan.path, 'A', 'B', 'B to A'],
      ...rows.map(({ a, b, change }, value) => [String(plan.values[value]), cellText(a), cellText(b), change]),
    ];
    const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
    const text = lines.map((line) => line.map((cell, column) => cell.padStart(widths[column]!)).join('  '));
    return [`${label}${unit ? `, ${unit}` : ''}`, ...text].join('\n');
  });
  return `${[...head, '', tables.join('\n\n')].join('\n').replace(/\u2009/g, ' ')}\n`;
}

/** One line per run, also of a round that was cut off: what a program wants. */
export function csv(plan: SweepPlan, runs: readonly SweepRun[], metrics: readonly string[]): string {
  const value = (run: SweepRun, metric: string) => pointsOf([run], metric)[0]?.y ?? '';
  const lines = runs.map((run) =>
    [plan.values[run.value], run.seed, run.machine, ...metrics.map((metric) => value(run, metric))].join(','),
  );
  return `${[[plan.path, 'seed', 'machine', ...metrics].join(','), ...lines].join('\n')}\n`;
}
