import type { KnobValue, KnobValues } from './knob.ts';
import type { Ns } from './units.ts';

/** Which of the twins something is meant for. */
export type MachineId = 'A' | 'B';

/** A knob turned while running, stamped with the virtual time at which it takes effect. */
export interface TimedInput {
  readonly atNs: Ns;
  readonly machine: MachineId | 'both';
  readonly path: string;
  readonly value: KnobValue;
}

/** A recorded workload is named by a scenario, never carried in it; its bytes are handed over by the caller. */
export interface RecordingRef {
  readonly name: string;
  readonly bytes: number;
  /** 64-bit FNV-1a of the bytes, 16 hex digits. */
  readonly hash: string;
}

/** One row of a comparison on a scene: what a report runs beside the other rows. */
export interface ScenarioVariant {
  readonly label: string;
  /** Laid over the scene's own. */
  readonly knobs: KnobValues;
  /** Absent: each of the scene's two. */
  readonly kernel?: string;
}

/** A run is data: model version + scenario + seed + timed inputs (design.md, decision 3). */
export interface Scenario {
  readonly format: 'reclaimscope-scenario';
  readonly version: 1;
  readonly id: string;
  readonly title: string;
  /** One sentence: what to watch. */
  readonly watch: string;
  /** What the scene holds back or leaves out, said on screen; may be empty. */
  readonly note: string;
  readonly kernels: { readonly A: string; readonly B: string };
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  readonly untilS: number;
  /** Where the browser opens, s: past the seconds in which nothing is to be seen yet. Absent: at the start. */
  readonly openAtS?: number;
  /** Id in engine/workloads/registry. */
  readonly workload: string;
  /** Values that differ from the knobs' initial ones, for both machines; then for one of them. */
  readonly knobs: KnobValues;
  readonly knobsOf: { readonly A: KnobValues; readonly B: KnobValues };
  readonly inputs: readonly TimedInput[];
  readonly recording?: RecordingRef;
  /** A trace of a real kernel that plays in place of a simulated machine. */
  readonly traces?: { readonly [machine in MachineId]?: RecordingRef };
  /** What to compare on it, for the report; a run itself ignores it. */
  readonly variants?: readonly ScenarioVariant[];
}

/** The version of the model's rules: a link names it, so that an old link is never replayed by other rules unnoticed. */
export const MODEL_VERSION = '2';
