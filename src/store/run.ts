import type { StateCreator } from 'zustand';
import { AS_THE_KERNEL, type KnobValue } from '../abi/knob.ts';
import type { Catalog } from '../abi/protocol.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, RecordingRef, Scenario, TimedInput } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { AppState } from './app-store.ts';
import { MACHINES } from './feed.ts';

export interface RunSlice {
  readonly catalog: Catalog | undefined;
  /** The scene as its file says: what "reset" goes back to. */
  readonly scene: Scenario | undefined;
  /** The scene with the kernels, seed and knobs of this run; its inputs are what has been turned while running. */
  readonly scenario: Scenario | undefined;
  readonly recording: Recording | undefined;
  /** A recording that the scenario names and that is not at hand: the page asks for its file. */
  readonly wanted: RecordingRef | undefined;
  setCatalog(catalog: Catalog): void;
  want(wanted: RecordingRef | undefined): void;
  setRun(scene: Scenario, scenario: Scenario, recording?: Recording): void;
  /** Inputs later than the new one belong to a future that no longer happens. */
  addInput(input: TimedInput): void;
  setInputs(inputs: readonly TimedInput[]): void;
}

export const runSlice: StateCreator<AppState, [], [], RunSlice> = (set) => ({
  catalog: undefined,
  scene: undefined,
  scenario: undefined,
  recording: undefined,
  wanted: undefined,
  want: (wanted) => set({ wanted }),
  setCatalog: (catalog) => set({ catalog }),
  setRun: (scene, scenario, recording) => set({ scene, scenario, recording, wanted: undefined }),
  addInput: (input) =>
    set(({ scenario }) =>
      scenario ? { scenario: { ...scenario, inputs: [...inputsUntil(scenario.inputs, input.atNs), input] } } : {},
    ),
  setInputs: (inputs) => set(({ scenario }) => (scenario ? { scenario: { ...scenario, inputs } } : {})),
});

export const inputsUntil = (inputs: readonly TimedInput[], atNs: Ns): readonly TimedInput[] =>
  inputs.filter((input) => input.atNs <= atNs);

/** What a knob stands at for one machine at a virtual time: boot value, then the inputs in order. */
export function knobAt(run: RunSlice, path: string, machine: MachineId, atNs: Ns): KnobValue | undefined {
  const { scenario } = run;
  let value = bootValue(run, scenario, path, machine);
  for (const input of scenario?.inputs ?? []) {
    const mine = input.machine === 'both' || input.machine === machine;
    if (mine && input.path === path && input.atNs <= atNs) value = input.value;
  }
  return value;
}

/** How the machine's kernel answers the question of a policy knob, or its number; undefined for any other knob. */
export function kernelAnswer({ catalog, scenario }: RunSlice, path: string, machine: MachineId): KnobValue | undefined {
  return catalog?.kernels.find((kernel) => kernel.id === scenario?.kernels[machine])?.answers[questionOf(path)];
}

/** `policy.pageout_unit` asks the question `pageoutUnit`. */
export function questionOf(path: string): string {
  return path.slice(path.indexOf('.') + 1).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What the scene itself (not this run) says: a changed knob is one that differs from it. */
export const sceneValue = (run: RunSlice, path: string, machine: MachineId): KnobValue | undefined =>
  bootValue(run, run.scene, path, machine);

/** The knob stands where the scene has it, and means the same for both machines. */
export function isPlain(run: RunSlice, path: string, atNs: Ns): boolean {
  const meant = MACHINES.map((machine) => {
    const value = knobAt(run, path, machine, atNs);
    return value === AS_THE_KERNEL ? (kernelAnswer(run, path, machine) ?? value) : value;
  });
  return (
    meant[0] === meant[1] &&
    MACHINES.every((machine) => knobAt(run, path, machine, atNs) === sceneValue(run, path, machine))
  );
}

function bootValue(
  { catalog }: RunSlice,
  scenario: Scenario | undefined,
  path: string,
  machine: MachineId,
): KnobValue | undefined {
  return (
    scenario?.knobsOf[machine][path] ??
    scenario?.knobs[path] ??
    catalog?.knobs.find((knob) => knob.path === path)?.initial
  );
}

/** The run's scenario with a boot-time knob set for one machine or both. */
export function withKnob(scenario: Scenario, machine: MachineId | 'both', path: string, value: KnobValue): Scenario {
  if (machine !== 'both') {
    const own = { ...scenario.knobsOf[machine], [path]: value };
    return { ...scenario, knobsOf: { ...scenario.knobsOf, [machine]: own } };
  }
  const without = Object.fromEntries(
    MACHINES.map((id) => [
      id,
      Object.fromEntries(Object.entries(scenario.knobsOf[id]).filter(([key]) => key !== path)),
    ]),
  ) as Record<MachineId, Record<string, KnobValue>>;
  return { ...scenario, knobs: { ...scenario.knobs, [path]: value }, knobsOf: { A: without.A, B: without.B } };
}
