import { assert, broken, describeError } from '../abi/errors.ts';
import type { KnobValues } from '../abi/knob.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { type Ns, S } from '../abi/units.ts';
import { createChecker, SWEEP_EVERY_EVENTS } from './checks.ts';
import { Engine } from './engine.ts';
import type { LabBench } from './lab/shared.ts';
import type { Kernel } from './machine/kernel.ts';
import { namedMetrics } from './metrics.ts';

// For tests on whole scenes: machines with the invariants on.

/** Of a job that replays nothing and writes nothing. */
export const BENCH: LabBench = {
  recording: undefined,
  report: () => undefined,
  onChunk: () => broken('no text was asked for'),
  createWriter: (id) => broken('no # was asked for', id),
};

/** What a test varies of a scene. */
export interface Variation {
  readonly machine?: MachineId;
  readonly kernel?: string;
  readonly seed?: number;
  readonly knobs?: KnobValues;
  readonly inputs?: Scenario['inputs'];
  readonly recording?: Recording | undefined;
  /** Called after every event, after the invariants. */
  readonly watch?: (k: Kernel) => void;
}

/** The scene with a variation laid over both machines. */
export function varied(scene: Scenario, { kernel, seed, knobs, inputs }: Variation): Scenario {
  return {
    ...scene,
    seed: seed ?? scene.seed,
    kernels: kernel === undefined ? scene.kernels : { A: kernel, B: kernel },
    knobs: { ...scene.knobs, ...knobs },
    inputs: inputs ?? scene.inputs,
  };
}

/** From this length on full sweeps are eight times rarer: the local checks stay after every event. */
const LONG_RUN_S = 20;
const LONG_RUN_SWEEP_EVENTS = 8 * SWEEP_EVERY_EVENTS;

/** A booted machine of the scene, invariants on: the local ones after every event, a full sweep every `sweepEvery`. */
export function boot(scene: Scenario, variation: Variation = {}, sweepEvery = SWEEP_EVERY_EVENTS): Engine {
  const booted = Engine.boot(varied(scene, variation), variation.machine ?? 'A', variation.recording);
  assert(booted.ok, () => (booted.ok ? '' : describeError(booted.error)));
  const { watch } = variation;
  let watched: Kernel | undefined;
  let { check } = createChecker(sweepEvery);
  booted.value.checker = (k) => {
    if (k !== watched) ({ check } = createChecker(sweepEvery)); // after a seek back time begins earlier
    watched = k;
    check(k);
    watch?.(k);
  };
  return booted.value;
}

/** The scene's machine after `untilS`, and what it came to. */
export function run(
  scene: Scenario,
  untilS: number,
  variation: Variation = {},
): { engine: Engine; m: Record<string, number> } {
  const engine = boot(scene, variation, untilS >= LONG_RUN_S ? LONG_RUN_SWEEP_EVENTS : SWEEP_EVERY_EVENTS);
  engine.advance(untilS * S);
  return { engine, m: namedMetrics(engine.kernel) };
}

/** A metric that must be there. */
export function metric(m: Readonly<Record<string, number>>, name: string): number {
  const value = m[name];
  assert(value !== undefined, () => `the run has no ${name}`);
  return value;
}

/** Where a run stands. */
export interface Place {
  readonly atNs: Ns;
  readonly eventsDone: number;
  readonly hash: string;
}

export function placeOf(engine: Engine): Place {
  return { atNs: engine.nowNs, eventsDone: engine.eventsDone, hash: engine.hash() };
}

/** `seeky-vs-range` on a machine that reclaims after half a second, so that three seconds hold everything. */
export const SMALL = {
  knobs: {
    'machine.memory_mib': 16,
    'workload.file_mib': 16,
    'workload.reads_per_s': 4000,
    'workload.window_mib': 1,
    'workload.stores_per_s': 400,
  },
} as const satisfies Variation;
