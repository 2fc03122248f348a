import type { Outcome } from '../../abi/lab.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { MACHINES } from '../../store/feed.ts';
import { metricValue } from '../shared/derived-metrics.ts';
import type { SweepJob, SweepPlan } from './plan.ts';

/** A job that is done; without an outcome where the run was refused. */
export interface SweepRun extends SweepJob {
  readonly outcome: Outcome | undefined;
}

const keyOf = ({ value, seed, machine }: SweepJob): string => `${value} ${seed} ${machine}`;

/** Seeds that every value has on both machines. */
export function completeSeeds({ values, seeds }: SweepPlan, runs: readonly SweepRun[]): readonly number[] {
  const done = new Set(runs.map(keyOf));
  return seeds.filter((seed) =>
    values.every((_, value) => MACHINES.every((machine) => done.has(keyOf({ value, seed, machine })))),
  );
}

/** What may be compared: the same number of seeds for every value. Before one round is through, what there is. */
export function evenPart(plan: SweepPlan, runs: readonly SweepRun[]): readonly SweepRun[] {
  const seeds = completeSeeds(plan, runs);
  return seeds.length > 0 ? runs.filter(({ seed }) => seeds.includes(seed)) : runs;
}

export interface Point {
  readonly value: number;
  readonly seed: number;
  readonly machine: MachineId;
  /** The metric. */
  readonly y: number;
}

export function pointsOf(runs: readonly SweepRun[], metric: string): readonly Point[] {
  return runs.flatMap(({ value, seed, machine, outcome }) => {
    if (!outcome) return [];
    const y = metricValue({ metrics: outcome.metrics, memory: { pageBytes: outcome.pageBytes } }, metric);
    return Number.isNaN(y) ? [] : [{ value, seed, machine, y }];
  });
}

export interface Summary {
  readonly value: number;
  readonly seeds: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Per value, in order: the middle and the ends of what its seeds gave. Values without a point are left out. */
export function summariesOf(points: readonly Point[], machine: MachineId): readonly Summary[] {
  const byValue = new Map<number, number[]>();
  for (const point of points) {
    if (point.machine !== machine) continue;
    byValue.set(point.value, [...(byValue.get(point.value) ?? []), point.y]);
  }
  return [...byValue]
    .sort(([a], [b]) => a - b)
    .map(([value, ys]) => {
      const sorted = ys.sort((a, b) => a - b);
      return { value, seeds: sorted.length, median: medianOf(sorted), min: sorted[0]!, max: sorted.at(-1)! };
    });
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
