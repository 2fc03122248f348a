import type { Knob, KnobValue } from '../../abi/knob.ts';
import type { Scenario } from '../../abi/scenario.ts';
import { S } from '../../abi/units.ts';
import { type Spacing, type SweepPlan, spacedValues } from './plan.ts';

/** What the form holds. */
export interface SweepAsk {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly spacing: Spacing;
  readonly seeds: number;
  readonly untilS: number;
}

const RUN_S = 20;

/** A first question for a scene: a number that it turns itself, from a quarter to four times what it has. */
export function firstAsk(
  knobs: readonly Knob[],
  scenario: Scenario,
  standsAt: (path: string) => KnobValue | undefined,
): SweepAsk {
  const own = Object.keys(scenario.knobs).filter((path) => path.startsWith('workload.'));
  const isNumber = (path: string) => knobs.some((knob) => knob.path === path && knob.kind === 'number');
  const path = [...own, 'vm.dirty_ratio', ...knobs.map((knob) => knob.path)].find(isNumber) ?? '';
  const range = rangeFor(
    knobs.find((knob) => knob.path === path),
    standsAt(path),
  );
  return { path, ...range, count: 5, seeds: 3, untilS: Math.min(scenario.untilS, RUN_S) };
}

export function rangeFor(
  knob: Knob | undefined,
  value: KnobValue | undefined,
): Pick<SweepAsk, 'from' | 'to' | 'spacing'> {
  if (knob?.kind !== 'number') return { from: 0, to: 1, spacing: 'linear' };
  const { min, max } = knob;
  if (typeof value !== 'number' || value <= 0) return { from: min, to: max, spacing: 'linear' };
  const within = (wanted: number) => Number(Math.max(min, Math.min(max, wanted)).toPrecision(3));
  const from = within(value / 4);
  return { from, to: within(value * 4), spacing: from > 0 ? 'log' : 'linear' };
}

export function valuesFor(knob: Knob, { from, to, count, spacing }: SweepAsk): readonly KnobValue[] {
  if (knob.kind === 'switch') return [false, true];
  if (knob.kind === 'choice') return knob.options.map(({ id }) => id);
  return spacedValues(knob, Math.min(from, to), Math.max(from, to), count, from > 0 ? spacing : 'linear');
}

/** Runs start at boot: what was turned while the machines ran is no part of them. */
export function planFor(knob: Knob, ask: SweepAsk, scenario: Scenario, scene: Scenario): SweepPlan {
  return {
    path: knob.path,
    values: valuesFor(knob, ask),
    seeds: Array.from({ length: ask.seeds }, (_, i) => scenario.seed + i),
    untilNs: ask.untilS * S,
    scenario: { ...scenario, inputs: scene.inputs },
  };
}
