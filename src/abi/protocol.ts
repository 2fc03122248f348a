import type { Breakpoint, Hit } from './breakpoint.ts';
import type { Result } from './errors.ts';
import type { EventAsk, EventColumns } from './events.ts';
import type { MachineFrame, PastFrame, RequestColumns, SampleColumns, StallColumns } from './frame.ts';
import type { Knob } from './knob.ts';
import type { Look, Spot, Thing } from './look.ts';
import type { Recording } from './recording.ts';
import type { MachineId, Scenario, TimedInput } from './scenario.ts';
import type { Ns } from './units.ts';

/** The engine describes itself: panels, menus and range checks are drawn from this. */
export interface Catalog {
  readonly model: string;
  readonly kernels: readonly KernelInfo[];
  readonly workloads: readonly { readonly id: string; readonly title: string; readonly knobs: readonly string[] }[];
  readonly knobs: readonly Knob[];
}
export interface KernelInfo {
  readonly id: string;
  readonly title: string;
  /** One line under the name: how it cleans dirty pages. */
  readonly gist: string;
  readonly source: string;
  readonly leftOut: readonly string[];
  /** Policy question → answer of this kernel. */
  readonly answers: Readonly<Record<string, string | number>>;
}

/** What stepping can stop at: an event, a page judged by reclaim, a batch isolated, a request finished, a stall begun. */
export type StepKind = 'event' | 'page' | 'batch' | 'io' | 'stall';
/**
 * Through the function that one thread is in: its next named step, in whatever function; the next that is no deeper on its
 * stack; the next that is less deep.
 */
export type ThreadStep = 'into' | 'over' | 'out';

export interface Advance {
  readonly frame: MachineFrame;
  readonly requests: RequestColumns;
  readonly samples: SampleColumns;
  readonly stalls: StallColumns;
  readonly past: PastFrame;
  /** The simulated kernel came to an end by itself (a named lock cycle, a stack overflow): a result, not an error. */
  readonly stopped?: string;
  /** The breakpoint that ended an advance short of its time. */
  readonly hit?: Hit;
  /** Events after which a step was given up: what it looks for did not happen in them. */
  readonly gaveUpAfter?: number;
}

/** One machine behind a worker. `advance` does at most about 50 ms of real work and may stop short of `untilNs`. */
export interface EngineApi {
  describe(): Promise<Result<Catalog>>;
  load(scenario: Scenario, machine: MachineId, recording?: Recording): Promise<Result<Advance>>;
  /**
   * `whole`: the frame at `untilNs` is to have all that takes a walk over the pages (MachineFrame.isPartial). `breakpoints`: it
   * ends right after the first event that brings about one of them, however often it is asked to go on.
   */
  advance(untilNs: Ns, whole: boolean, breakpoints?: readonly Breakpoint[]): Promise<Result<Advance>>;
  /** `thread`: whose function is stepped through. A step by event, by page or through a function may end within an instant. */
  step(kind: StepKind | ThreadStep, thread?: number): Promise<Result<Advance>>;
  /** Restores the nearest earlier checkpoint and runs to (t, events done at t). History columns are not sent again. */
  seek(toNs: Ns, eventsDone?: number): Promise<Result<Advance>>;
  /** A knob turned at a virtual time not before now; inputs and checkpoints after it are dropped. */
  input(input: TimedInput): Promise<Result<Advance>>;
  /** Other inputs from `fromNs` on, as when a turned knob is undone; what happened after that time is dropped. */
  replaceInputs(inputs: readonly TimedInput[], fromNs: Ns): Promise<Result<Advance>>;
  /** What frames carry from now on; answers the same moment looked at so. */
  look(look: Look): Promise<Result<Advance>>;
  /** The page that is drawn at a place of the frame sent last; undefined: none. */
  pageAt(spot: Spot): Promise<Result<Thing | undefined>>;
  /** Events up to now, from the recorder: nothing is sent unless asked for. */
  findEvents(ask: EventAsk): Promise<Result<EventColumns>>;
  hash(): Promise<Result<string>>;
  /** Answers with the name of a lock that the thread holds while it lives, where the browser has locks. */
  ping(): Promise<{ readonly lock?: string | undefined }>;
}
