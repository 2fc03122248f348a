import { type Knob, type KnobValue, knobRefusal } from '../../abi/knob.ts';
import type { MachineId, Scenario } from '../../abi/scenario.ts';
import type { Ns } from '../../abi/units.ts';
import { MACHINES } from '../../store/feed.ts';
import { withKnob } from '../../store/run.ts';

/** One knob at several values, each with several seeds, each run on both machines from boot to one virtual time. */
export interface SweepPlan {
  readonly path: string;
  readonly values: readonly KnobValue[];
  readonly seeds: readonly number[];
  readonly untilNs: Ns;
  /** What is the same in all runs. */
  readonly scenario: Scenario;
}

export type Spacing = 'linear' | 'log';

export interface SweepJob {
  /** Index in the plan's values. */
  readonly value: number;
  readonly seed: number;
  readonly machine: MachineId;
}

/** `count` numbers from `from` to `to`, each one the knob takes, none twice. */
export function spacedValues(knob: Knob, from: number, to: number, count: number, spacing: Spacing): readonly number[] {
  if (knob.kind !== 'number') return [];
  const share = (i: number) => (count > 1 ? i / (count - 1) : 0);
  const at = (i: number) => (spacing === 'log' ? from * (to / from) ** share(i) : from + (to - from) * share(i));
  const values = Array.from({ length: count }, (_, i) => snap(at(i), knob.step));
  return [...new Set(values)].filter((value) => knobRefusal(knob, value) === undefined);
}

/** To the knob's own step; else to three digits, which is more than anyone asks for. */
const snap = (value: number, step: number | undefined): number =>
  step === undefined ? Number(value.toPrecision(3)) : Math.round(value / step) * step;

/**
 * Indices 0 … n − 1 so that any beginning of the order is spread over the whole: both ends, the middle, the quarters, …
 * A sweep that is stopped has then looked everywhere a little, not at the small values only.
 */
export function spreadOrder(n: number): readonly number[] {
  if (n <= 0) return [];
  const order = n > 1 ? [0, n - 1] : [0];
  const gaps: [number, number][] = [[0, n - 1]];
  for (let gap = gaps.shift(); gap; gap = gaps.shift()) {
    const [low, high] = gap;
    if (high - low < 2) continue;
    const middle = (low + high) >> 1;
    order.push(middle);
    gaps.push([low, middle], [middle, high]);
  }
  return order;
}

/** All values get the first seed before any gets the second, and A and B of a value go together. */
export function jobsOf({ values, seeds }: SweepPlan): readonly SweepJob[] {
  const order = spreadOrder(values.length);
  return seeds.flatMap((seed) => order.flatMap((value) => MACHINES.map((machine) => ({ value, seed, machine }))));
}

/** The scenario of one run of the plan: what the lab runs, and what is opened when its point is clicked. */
export const scenarioOf = ({ scenario, path, values }: SweepPlan, value: number, seed: number): Scenario =>
  withKnob({ ...scenario, seed }, 'both', path, values[value]!);
