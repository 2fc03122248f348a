import type { Knob, KnobValue } from '../../abi/knob.ts';
import type { Catalog } from '../../abi/protocol.ts';
import type { Scenario, TimedInput } from '../../abi/scenario.ts';
import { MS } from '../../abi/units.ts';
import { below, createPrng, type PrngState } from '../../engine/sim/prng.ts';

/**
 * Knobs that would make a scenario too large to run by the thousand, with the largest value drawn. All others have their
 * whole range.
 */
const LARGEST: Readonly<Record<string, number>> = {
  'machine.memory_mib': 64,
  'machine.swap_mib': 256,
  'workload.scale': 0.05,
  'workload.stream_mib': 512,
  'workload.file_mib': 256,
  'workload.limit_mib': 64,
  'workload.burst_mib': 4096,
};
/** On a smaller disk some workloads' files have no room. */
const SMALLEST: Readonly<Record<string, number>> = { 'disk.size_gib': 8 };
const INPUTS_MAX = 3;
/** How often in a hundred a knob is turned from its initial value. */
const TURNED_PERCENT = 30;

/** A scenario drawn from a seed: any kernel, any workload that needs no trace of touches, and knobs turned at random. */
export function randomScenario(catalog: Catalog, seed: number, seconds: number): Scenario {
  const rng = createPrng(seed, 0);
  const workloads = catalog.workloads.filter(({ id }) => id !== 'touch-trace');
  const workload = pick(rng, workloads);
  const kernel = pick(rng, catalog.kernels).id;
  const knobs: Record<string, KnobValue> = {};
  const live: Knob[] = [];
  for (const knob of catalog.knobs) {
    if (knob.path.startsWith('workload.') && !workload.knobs.includes(knob.path)) continue;
    if (knob.live) live.push(knob);
    const largest = LARGEST[knob.path];
    const isTooLarge = largest !== undefined && Number(knob.initial) > largest;
    if (isTooLarge || below(rng, 100) < TURNED_PERCENT) knobs[knob.path] = randomValue(rng, knob);
  }
  const inputs: TimedInput[] = Array.from({ length: below(rng, INPUTS_MAX + 1) }, () => {
    const knob = pick(rng, live);
    const atNs = below(rng, Math.floor(seconds * 1000)) * MS;
    return { atNs, machine: 'both' as const, path: knob.path, value: randomValue(rng, knob) };
  });
  return {
    format: 'reclaimscope-scenario',
    version: 1,
    id: `fuzz-${seed}`,
    title: `Random scenario ${seed}`,
    watch: '',
    note: '',
    kernels: { A: kernel, B: kernel },
    seed,
    untilS: seconds,
    workload: workload.id,
    knobs,
    knobsOf: { A: {}, B: {} },
    inputs: inputs.sort((left, right) => left.atNs - right.atNs),
  };
}

function pick<T>(rng: PrngState, list: readonly T[]): T {
  return list[below(rng, list.length)]!;
}

function randomValue(rng: PrngState, knob: Knob): KnobValue {
  switch (knob.kind) {
    case 'switch':
      return below(rng, 2) === 1;
    case 'choice':
      return pick(rng, knob.options).id;
    case 'number':
      return randomNumber(rng, knob);
  }
}

/** An end of the range, or a value of any order of magnitude in it. */
function randomNumber(rng: PrngState, knob: Extract<Knob, { kind: 'number' }>): number {
  const max = Math.min(knob.max, LARGEST[knob.path] ?? Infinity);
  const min = Math.max(knob.min, SMALLEST[knob.path] ?? knob.min);
  const step = knob.step ?? 0;
  const how = below(rng, 10);
  if (how === 0) return min;
  if (how === 1) return step === 0 ? max : Math.floor(max / step) * step;
  // Halves of the range, ten at most, then anywhere in what is left.
  let high = max;
  for (let halvings = below(rng, 11); halvings > 0 && high > min + step; halvings--) high = min + (high - min) / 2;
  const value = min + ((high - min) * below(rng, 1001)) / 1000;
  if (step === 0) return value;
  const whole = Math.round(value / step) * step;
  return Math.min(Math.max(whole, Math.ceil(min / step) * step), Math.floor(max / step) * step);
}
