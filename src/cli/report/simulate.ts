import { describeError } from '../../abi/errors.ts';
import type { KnobValues } from '../../abi/knob.ts';
import type { MetricName } from '../../abi/metrics.ts';
import type { Scenario } from '../../abi/scenario.ts';
import { S } from '../../abi/units.ts';
import { Engine } from '../../engine/engine.ts';
import { namedMetrics } from '../../engine/metrics.ts';
import type { Experiment, Simulate } from './compare.ts';
import type { TestRow } from './experiments.ts';
import type { Totals } from './rows.ts';

export interface Effort {
  /** Each part of each experiment runs with the seeds 1 … seeds. */
  readonly seeds: number;
  /** Virtual seconds of each part; undefined: as the test says. */
  readonly seconds: number | undefined;
}

/** What was measured were kernels with the bugs that they had (model.md §11.3). */
const AS_MEASURED: KnobValues = { 'kernel.historical_bugs': true };

type Metrics = Readonly<Record<string, number>>;

/** Runs experiments; the same run is done once, whichever tables ask for it. */
export function simulator({ seeds, seconds }: Effort): Simulate {
  const done = new Map<string, Metrics | string>();
  const runOnce = (scenario: Scenario): Metrics | string => {
    const key = JSON.stringify([scenario.kernels.A, scenario.workload, scenario.seed, scenario.untilS, scenario.knobs]);
    const known = done.get(key);
    if (known !== undefined) return known;
    const result = runToEnd(scenario);
    done.set(key, result);
    return result;
  };
  return (experiment) => {
    const { test } = experiment;
    const parts = new Map<string, Metrics[]>();
    for (const part of test.parts) {
      const runs: Metrics[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const metrics = runOnce(scenarioOf(experiment, part.knobs, seed, seconds ?? test.seconds));
        if (typeof metrics === 'string') return metrics;
        runs.push(metrics);
      }
      parts.set(part.label, runs);
    }
    return totalsOf(parts, test);
  };
}

function scenarioOf(experiment: Experiment, partKnobs: KnobValues, seed: number, untilS: number): Scenario {
  const { test, machine, kernel, knobs } = experiment;
  const memoryMib = machine.publishedMib * (test.scale ?? machine.scale);
  return {
    format: 'reclaimscope-scenario',
    version: 1,
    id: `report-${test.id}`,
    title: test.why,
    watch: '',
    note: machine.why,
    kernels: { A: kernel, B: kernel },
    seed,
    untilS,
    workload: test.workload,
    knobs: {
      ...AS_MEASURED,
      ...machine.knobs,
      'machine.memory_mib': memoryMib,
      'machine.swap_mib': 2 * memoryMib,
      ...(test.boxMib === undefined ? {} : { 'workload.scale': memoryMib / test.boxMib }),
      ...knobs,
      ...partKnobs,
    },
    knobsOf: { A: {}, B: {} },
    inputs: [],
  };
}

/** What machine A of a scenario comes to, or why it does not. */
export function runToEnd(scenario: Scenario): Metrics | string {
  const booted = Engine.boot(scenario, 'A', undefined, false);
  if (!booted.ok) return describeError(booted.error);
  booted.value.advance(scenario.untilS * S);
  return booted.value.stopped ?? namedMetrics(booted.value.kernel);
}

function totalsOf(parts: ReadonlyMap<string, readonly Metrics[]>, test: TestRow): Totals {
  const all = [...parts.values()].flat();
  const sum = (name: MetricName): number | undefined => {
    let total = 0;
    for (const metrics of all) {
      const value = metrics[name];
      if (value === undefined) return undefined;
      total += value;
    }
    return total;
  };
  return {
    sum,
    part: (label) => {
      const runs = parts.get(label);
      return runs === undefined ? undefined : totalsOf(new Map([[label, runs]]), test);
    },
    elapsedS: sum(test.elapsed ?? 'elapsed_s') ?? 0,
    runs: all.length,
    work: sum(test.work) ?? 0,
  };
}
