import type { Divergence } from './divergence.ts';
import type { Result } from './errors.ts';
import type { Biography, PageName } from './page-life.ts';
import type { Recording } from './recording.ts';
import type { RunResult } from './run-result.ts';
import type { MachineId, Scenario } from './scenario.ts';
import type { StallList } from './stall.ts';
import type { ExportCount, ExportFormatId } from './trace-export.ts';
import type { Bytes, Ns } from './units.ts';
import type { ScriptReport } from './vmscan-script.ts';
import type { Decision, Outcome as DecisionOutcome, WhatIf } from './what-if.ts';

/**
 * Work beside the two machines on screen: a run is data, so any question about it can be answered by running it again
 * elsewhere, with an eye on what is asked. Each job: what it is given, and what it answers (plain data, transferable).
 */
export interface LabJobs {
  /** One machine of a scenario, run to `untilNs` without a past. */
  readonly outcome: {
    readonly ask: LabRun;
    readonly answer: Outcome;
  };
  /** The same under every name it has, as the command line prints it. */
  readonly result: { readonly ask: LabRun; readonly answer: RunResult };
  /** All that happened to one page of a machine. */
  readonly biography: {
    readonly ask: LabRun & { readonly page: PageName };
    readonly answer: Biography;
  };
  /** What held the programs of a machine up. */
  readonly stalls: { readonly ask: LabRun; readonly answer: StallList };
  /** trace-vmscan-postprocess.pl over all events of a machine's run. */
  readonly script: { readonly ask: LabRun; readonly answer: ScriptReport };
  /** A machine's run as text; the text itself comes in chunks while it runs (LabOptions.onChunk). */
  readonly export: { readonly ask: LabRun & { readonly format: ExportFormatId }; readonly answer: ExportCount };
  /** Where A and B part. */
  readonly divergence: {
    readonly ask: { readonly scenario: Scenario; readonly untilNs: Ns };
    readonly answer: Divergence;
  };
  /** The next decision about a dirty page of a file after `fromNs`. */
  readonly decision: {
    readonly ask: LabRun & { readonly fromNs: Ns };
    readonly answer: { readonly decision?: Decision };
  };
  /** The run in which that decision is another. */
  readonly whatIf: {
    readonly ask: LabRun & { readonly decision: Decision; readonly outcome: DecisionOutcome };
    readonly answer: WhatIf;
  };
}
/** A run of one machine, from its start. */
export interface LabRun {
  readonly scenario: Scenario;
  readonly machine: MachineId;
  readonly untilNs: Ns;
}
export type LabJobId = keyof LabJobs;
export type LabAsk<Id extends LabJobId> = LabJobs[Id]['ask'];
export type LabAnswer<Id extends LabJobId> = LabJobs[Id]['answer'];

export interface Outcome {
  /** In the order of METRICS; NaN where the run cannot have one. */
  readonly metrics: Float64Array;
  /** Size of the machine's pages, which some figures are made with. */
  readonly pageBytes: Bytes;
  readonly hash: string;
  /** The simulated kernel came to an end by itself before `untilNs`. */
  readonly stopped?: string;
}

export interface LabOptions {
  readonly recording?: Recording | undefined;
  /** Share of the work that is done, 0…1. */
  readonly onProgress?: (done: number) => void;
  /** Text of a job that writes some, piece by piece in its order; all of it has come when the job answers. */
  readonly onChunk?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** A pool of workers that take such jobs; more jobs than workers wait in line. A cancelled one answers with an error. */
export interface Lab {
  run<Id extends LabJobId>(id: Id, ask: LabAsk<Id>, options?: LabOptions): Promise<Result<LabAnswer<Id>>>;
  /** How many jobs can run at once. */
  readonly workers: number;
}
