import { err, ok, type Result } from '../abi/errors.ts';
import { AS_THE_KERNEL, type Knob, type KnobValue, type KnobValues, knobRefusal } from '../abi/knob.ts';
import type { MachineId, Scenario, TimedInput } from '../abi/scenario.ts';
import { KERNELS } from './kernels/registry.ts';
import type { KernelRow } from './kernels/shared.ts';
import { ENGINE_KNOBS } from './knobs.ts';
import type { Answers } from './machine/policy.ts';
import type { Workload } from './machine/workload.ts';
import { NUMBERS, QUESTIONS } from './policies/registry.ts';
import { WORKLOADS } from './workloads/registry.ts';

/** A scenario made concrete for one of the twins: names looked up, every knob with a value that fits. */
export interface RunPlan {
  readonly kernel: KernelRow;
  readonly workload: Workload;
  readonly knobs: Readonly<Record<string, KnobValue>>;
  readonly machine: MachineId;
  /** Inputs meant for this machine, in order of time. */
  readonly inputs: readonly TimedInput[];
}

/** Refuses what the registries do not know or a knob does not allow, in one sentence. */
export function planRun(scenario: Scenario, machine: MachineId): Result<RunPlan> {
  const kernelId = scenario.kernels[machine];
  const kernel = KERNELS.find((row) => row.id === kernelId);
  if (kernel === undefined)
    return err({ kind: 'unknown', what: 'kernel', name: kernelId, allowed: KERNELS.map((row) => row.id) });
  const workload = WORKLOADS.find((candidate) => candidate.id === scenario.workload);
  if (workload === undefined) {
    return err({
      kind: 'unknown',
      what: 'workload',
      name: scenario.workload,
      allowed: WORKLOADS.map((candidate) => candidate.id),
    });
  }
  if (!Number.isInteger(scenario.seed) || scenario.seed < 0 || scenario.seed > 0xffffffff) {
    return err({
      kind: 'out-of-range',
      path: 'seed',
      value: String(scenario.seed),
      allowed: 'a whole number from 0 to 4294967295',
    });
  }
  const declared = knobsOf(workload);
  const values: Record<string, KnobValue> = Object.fromEntries(declared.map((knob) => [knob.path, knob.initial]));
  const given: [string, unknown][] = [...Object.entries(scenario.knobs), ...Object.entries(scenario.knobsOf[machine])];
  for (const [path, value] of given) {
    const refused = refuseKnob(declared, path, value);
    if (refused !== undefined) return refused;
    values[path] = value as KnobValue;
  }
  const inputs = inputsOf(scenario.inputs, machine);
  for (const input of inputs) {
    const refused = refuseInput(declared, input);
    if (refused !== undefined) return refused;
  }
  return ok({ machine, kernel, workload, knobs: values, inputs });
}

/** Those meant for the machine, in order of time. */
export function inputsOf(inputs: readonly TimedInput[], machine: MachineId): TimedInput[] {
  return inputs
    .filter((input) => input.machine === 'both' || input.machine === machine)
    .sort((left, right) => left.atNs - right.atNs);
}

/** Every knob a machine with this workload has. */
export function knobsOf(workload: Workload): readonly Knob[] {
  return [...ENGINE_KNOBS, ...workload.knobs];
}

/** A knob turned while running: it must exist, be live, and the value must fit. */
export function refuseInput(declared: readonly Knob[], input: TimedInput): Result<never> | undefined {
  const refused = refuseKnob(declared, input.path, input.value);
  if (refused !== undefined) return refused;
  if (declared.find((knob) => knob.path === input.path)!.live) return undefined;
  return err({
    kind: 'bad-input',
    where: input.path,
    message: 'is read when the machine boots and cannot be turned while it runs; set it in the scenario',
  });
}

function refuseKnob(declared: readonly Knob[], path: string, value: unknown): Result<never> | undefined {
  const knob = declared.find((candidate) => candidate.path === path);
  if (knob === undefined)
    return err({ kind: 'unknown', what: 'knob', name: path, allowed: declared.map((candidate) => candidate.path) });
  const refusal = knobRefusal(knob, value);
  return refusal === undefined
    ? undefined
    : err({ kind: 'out-of-range', path, value: String(value), allowed: refusal });
}

/** The kernel's answers and numbers, with the policy knobs that are not "as the kernel". */
export function answersOf(kernel: KernelRow, knobs: KnobValues): Answers {
  const rows: readonly [string, { readonly path: string }][] = Object.entries({ ...QUESTIONS, ...NUMBERS });
  const chosen = rows.flatMap(([name, { path }]) => {
    const value = knobs[path] ?? AS_THE_KERNEL;
    return value === AS_THE_KERNEL ? [] : [[name, value]];
  });
  return { ...kernel.answers, ...Object.fromEntries(chosen) };
}
