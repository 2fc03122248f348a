import type { Breakpoint, Hit } from '../abi/breakpoint.ts';
import { assert, err, ok, type Result } from '../abi/errors.ts';
import type { EventAsk, EventColumns } from '../abi/events.ts';
import { LENS_PAGES } from '../abi/frame.ts';
import { LIST_LOOK, type Spot, type Thing } from '../abi/look.ts';
import type { Advance, Catalog, StepKind, ThreadStep } from '../abi/protocol.ts';
import type { Recording } from '../abi/recording.ts';
import { type MachineId, MODEL_VERSION, type Scenario, type TimedInput } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import { besideOf, bootMachine, kernelAround } from './boot.ts';
import { Breakpoints } from './breakpoints.ts';
import { refuseTooSmallDisk } from './disk-room.ts';
import { frameOf } from './frame.ts';
import { pageAtSpot } from './frame-cells.ts';
import { History } from './history.ts';
import { applyInput } from './inputs.ts';
import { KERNELS } from './kernels/registry.ts';
import { ENGINE_KNOBS } from './knobs.ts';
import type { Instruments } from './machine/instruments.ts';
import type { Beside, Kernel } from './machine/kernel.ts';
import { inputsOf, knobsOf, planRun, type RunPlan, refuseInput } from './run-plan.ts';
import { hashState } from './sim/hash.ts';
import { beginStep } from './stepping.ts';
import { machineOf, Timeline } from './timeline.ts';
import { findEvents } from './trace/find-events.ts';
import { WORKLOADS } from './workloads/registry.ts';

/** Events between two questions whether to go on, and between two looks at the trace. */
const EVENTS_PER_SLICE = 256;
/** A step that finds nothing to stop at gives up after so many events; one of a thread, which may sleep for minutes, sooner. */
const STEP_EVENTS_MAX = 2_000_000;
const THREAD_STEP_EVENTS_MAX = 50_000;
/** Watches every event; throws what is broken. */
export type Checker = (k: Kernel) => void;

/** One simulated machine and its past. Two of them, each in its own worker, are the twins. */
export class Engine {
  readonly seed: number;
  private readonly plan: RunPlan;
  private readonly beside: Beside;
  private readonly history: History;
  private readonly timeline: Timeline;
  private k: Kernel;
  private inputs: TimedInput[];
  /** Inputs applied so far, and the knobs as they stand. */
  private applied = 0;
  private values: RunPlan['knobs'];
  private furthestNs: Ns = 0;
  /** What the page looks at: what its frames carry. No state of the machine. */
  look = LIST_LOOK;
  /** Set by tests and --check. */
  checker: Checker | undefined = undefined;
  /** Headless runs keep no checkpoints and no columns for views; then there is no way back. */
  private readonly keepsPast: boolean;

  static describe(): Catalog {
    const knobs = new Map(ENGINE_KNOBS.map((knob) => [knob.path, knob]));
    for (const knob of WORKLOADS.flatMap((workload) => workload.knobs)) {
      const other = knobs.get(knob.path);
      assert(other === undefined || other === knob, () => `two knobs are called ${knob.path}`);
      knobs.set(knob.path, knob);
    }
    return {
      model: MODEL_VERSION,
      kernels: KERNELS.map(({ id, title, gist, source, leftOut, answers }) => ({
        id,
        title,
        gist,
        source,
        leftOut,
        answers: { ...answers },
      })),
      workloads: WORKLOADS.map(({ id, title, knobs }) => ({ id, title, knobs: knobs.map(({ path }) => path) })),
      knobs: [...knobs.values()],
    };
  }

  /** A booted machine at time 0, or the sentence that says what in the scenario does not fit. */
  static boot(
    scenario: Scenario,
    machine: MachineId,
    recording?: Recording,
    keepsPast = true,
    instruments: Instruments = {},
  ): Result<Engine> {
    const plan = planRun(scenario, machine);
    if (plan.ok && plan.value.workload.needsRecording && recording === undefined) {
      return err({ kind: 'bad-input', where: scenario.workload, message: 'replays a recording, and none was given' });
    }
    if (!plan.ok) return plan;
    const engine = new Engine(plan.value, scenario.seed, recording, keepsPast, instruments);
    return refuseTooSmallDisk(engine.k.m) ?? ok(engine);
  }

  private constructor(
    plan: RunPlan,
    seed: number,
    recording: Recording | undefined,
    keepsPast: boolean,
    instruments: Instruments,
  ) {
    this.keepsPast = keepsPast;
    this.plan = plan;
    this.seed = seed;
    this.inputs = [...plan.inputs];
    this.values = plan.knobs;
    this.beside = besideOf(plan, recording, instruments);
    this.k = bootMachine(plan, seed, this.beside);
    this.timeline = new Timeline(this.k.m);
    this.history = new History(this.k.m.sim.threads.length);
    this.atBoundary();
  }

  get nowNs(): Ns {
    return this.k.nowNs;
  }
  get eventsDone(): number {
    return this.k.m.sim.eventsDone;
  }
  /** The simulated kernel came to an end by itself: in words. */
  get stopped(): string | undefined {
    return this.k.sched.stopped;
  }
  /** For tests and instruments: the machine as it stands. */
  get kernel(): Kernel {
    return this.k;
  }

  /** Runs to `untilNs`, or until `mayGoOn` says no; it is asked every few hundred events. */
  advance(untilNs: Ns, mayGoOn: () => boolean = () => true): void {
    while (this.nowNs < untilNs || this.hasEventsAt(untilNs)) {
      if (this.stopped !== undefined) return;
      if (!this.runTo(Math.min(untilNs, this.nextBoundaryNs()), mayGoOn)) return;
      this.atBoundary();
    }
  }

  /**
   * As advance(), up to the first event after which one of the conditions holds anew, and to nothing beyond that event.
   * Between two events nothing is run on ahead, or it would depend on the slice how far a thread has computed by then.
   */
  runUntil(untilNs: Ns, breakpoints: readonly Breakpoint[], mayGoOn: () => boolean = () => true): Hit | undefined {
    const conditions = new Breakpoints(this.k, breakpoints);
    let hit: Hit | undefined;
    for (let events = 1; hit === undefined && this.stopped === undefined; events++) {
      const nextNs = this.k.sched.nextDueNs();
      if (nextNs > untilNs) {
        this.passBoundariesTo(untilNs);
        break;
      }
      this.advanceQuietlyTo(nextNs);
      this.runEvent(nextNs);
      hit = conditions.hitBy(this.k);
      if (events % EVENTS_PER_SLICE !== 0) continue;
      this.history.collect(this.k);
      if (!mayGoOn()) break;
    }
    this.rest();
    return hit;
  }

  /**
   * One step (abi/protocol.ts); `thread` is whose function is stepped into, over or out of. It may end within an event: what
   * is asked for next begins by finishing that one. Answers after how many events it was given up, if it was.
   */
  step(kind: StepKind | ThreadStep, thread = 0): number | undefined {
    const most = kind === 'into' || kind === 'over' || kind === 'out' ? THREAD_STEP_EVENTS_MAX : STEP_EVENTS_MAX;
    const step = beginStep(this.k, kind, thread);
    let events = 0;
    while (events < most && this.stopped === undefined) {
      const nextNs = this.k.sched.nextDueNs();
      if (nextNs === Infinity) break;
      this.advanceQuietlyTo(nextNs);
      this.runEvent(nextNs);
      if (step.isOver()) break;
      events++;
    }
    step.end();
    this.rest();
    return events === most ? most : undefined;
  }

  /** Goes to a place in the run, either way: the nearest earlier checkpoint, then forward. */
  seek(toNs: Ns, eventsDone = Infinity): void {
    const isBack = toNs < this.nowNs || eventsDone < this.eventsDone;
    const checkpoint = this.timeline.before(toNs, eventsDone);
    if (isBack || (checkpoint !== undefined && checkpoint.atNs > this.nowNs)) this.restore(toNs, eventsDone);
    if (eventsDone === Infinity) {
      this.advance(toNs);
      return;
    }
    // A thread that goes on computing is no event: what it does by `toNs` belongs to the place as well.
    while (
      (this.eventsDone < eventsDone || this.k.sched.nextIsContinuation()) &&
      this.stopped === undefined &&
      this.k.sched.nextDueNs() <= toNs
    ) {
      const nextNs = this.k.sched.nextDueNs();
      this.advanceQuietlyTo(nextNs);
      this.runEvent(nextNs);
    }
    if (this.k.sched.nextDueNs() > toNs) this.passBoundariesTo(toNs);
    this.history.collect(this.k);
  }

  /** Turns a knob now or later, perhaps the other machine's; what had happened after that time is dropped. */
  input(input: TimedInput): Result<undefined> {
    const refused = refuseInput(knobsOf(this.plan.workload), input);
    if (refused !== undefined) return refused;
    if (this.k.sched.midway >= 0) this.runEvent(this.nowNs);
    if (input.atNs < this.nowNs) this.seek(input.atNs);
    const kept = this.inputs.filter(({ atNs }) => atNs <= input.atNs);
    this.inputs = [...kept, ...inputsOf([input], this.plan.machine)];
    this.forgetAfter(input.atNs);
    this.applyDueInputs();
    return ok(undefined);
  }

  /** Other inputs from `fromNs` on, as when a turned knob is undone; what happened after that time is dropped. */
  replaceInputs(inputs: readonly TimedInput[], fromNs: Ns): Result<undefined> {
    for (const input of inputs) {
      const refused = refuseInput(knobsOf(this.plan.workload), input);
      if (refused !== undefined) return refused;
    }
    this.inputs = inputsOf(inputs, this.plan.machine);
    this.forgetAfter(fromNs);
    // Also from `fromNs` itself: a knob that was turned there has taken effect.
    if (this.nowNs < fromNs) return ok(undefined);
    this.restore(fromNs, Infinity);
    this.advance(fromNs);
    return ok(undefined);
  }

  /** The page at a place of a picture that shows this moment. */
  pageAt(spot: Spot): Thing | undefined {
    return pageAtSpot(this.k, this.look.order, spot, LENS_PAGES);
  }

  findEvents(ask: EventAsk): EventColumns {
    return findEvents(this.k.trace, ask);
  }

  hash(): string {
    return hashState(this.k.m);
  }

  takeAdvance(whole = true): Advance {
    this.history.collect(this.k);
    const { history } = this;
    const advance = {
      frame: frameOf(this.k, this.look, whole),
      requests: history.takeRequests(),
      samples: history.takeSamples(),
      stalls: history.stalls.take(),
      past: this.timeline.past,
    };
    return this.stopped === undefined ? advance : { ...advance, stopped: this.stopped };
  }

  private forgetAfter(ns: Ns): void {
    this.timeline.cutAfter(ns);
    this.history.cutAfter(ns);
    this.furthestNs = Math.min(this.furthestNs, ns);
  }

  private hasEventsAt(untilNs: Ns): boolean {
    return this.k.sched.nextDueNs() <= untilNs || (this.inputs[this.applied]?.atNs ?? Infinity) <= untilNs;
  }

  private runTo(untilNs: Ns, mayGoOn: () => boolean): boolean {
    const { k } = this;
    k.sched.horizonNs = untilNs;
    for (let events = 1; k.sched.runOne(k); events++) {
      this.checker?.(k);
      if (k.sched.stopped !== undefined) return false;
      if (events % EVENTS_PER_SLICE !== 0) continue;
      if (this.keepsPast) this.history.collect(k);
      if (!mayGoOn()) return false;
    }
    k.m.sim.nowNs = untilNs;
    if (this.keepsPast) this.history.collect(k);
    return true;
  }

  private runEvent(atNs: Ns): void {
    const { k } = this;
    k.sched.horizonNs = atNs;
    k.sched.runOne(k);
    // Within an event nothing need add up yet.
    if (k.sched.midway < 0) this.checker?.(k);
  }

  /** Stands still after an event, perhaps in the middle of an instant. */
  private rest(): void {
    if (this.k.sched.nextDueNs() > this.nowNs) this.passBoundariesTo(this.nowNs);
    this.history.collect(this.k);
    this.furthestNs = Math.max(this.furthestNs, this.nowNs);
  }

  /** Passes the boundaries that lie before the next event. */
  private advanceQuietlyTo(nextNs: Ns): void {
    for (let dueNs = this.nextBoundaryNs(); dueNs < nextNs; dueNs = this.nextBoundaryNs()) {
      this.k.m.sim.nowNs = Math.max(this.nowNs, dueNs);
      this.atBoundary();
    }
  }

  /** Time passes to `ns` with nothing more to happen by then: what is due at `ns` itself is done as well. */
  private passBoundariesTo(ns: Ns): void {
    this.advanceQuietlyTo(ns);
    this.k.m.sim.nowNs = Math.max(this.nowNs, ns);
    if (this.nextBoundaryNs() <= this.nowNs) this.atBoundary();
  }

  /** The next sample, checkpoint or input. */
  private nextBoundaryNs(): Ns {
    const inputNs = this.inputs[this.applied]?.atNs ?? Infinity;
    return this.keepsPast ? Math.min(this.timeline.nextNs, this.history.nextSampleNs, inputNs) : inputNs;
  }

  /** At a sample, a checkpoint or an input's time, with everything done that happens at that instant. */
  private atBoundary(): void {
    const { k } = this;
    if (this.keepsPast && this.nowNs >= this.history.nextSampleNs) this.history.sample(k);
    if (this.keepsPast && this.nowNs >= this.timeline.nextNs) {
      this.history.collect(k);
      this.timeline.add(k.m, { trace: k.trace.mark(), open: this.history.open() });
    }
    this.applyDueInputs();
    this.furthestNs = Math.max(this.furthestNs, this.nowNs);
  }

  private applyDueInputs(): void {
    for (
      let input = this.inputs[this.applied];
      input !== undefined && input.atNs <= this.nowNs;
      input = this.inputs[this.applied]
    ) {
      this.applied++;
      this.values = { ...this.values, [input.path]: input.value };
      applyInput(this.k, this.plan, this.values, input);
    }
  }

  private restore(toNs: Ns, eventsDone: number): void {
    const checkpoint = this.timeline.before(toNs, eventsDone);
    assert(checkpoint !== undefined, () => `no checkpoint before ${toNs} ns`);
    const { trace, open } = checkpoint.margin;
    this.history.collect(this.k);
    this.k.trace.moveTo(trace);
    this.k = kernelAround(machineOf(checkpoint, this.k.m), this.beside);
    // Inputs at a checkpoint's own time were applied after it was taken.
    this.applied = this.inputs.filter(({ atNs }) => atNs < checkpoint.atNs).length;
    this.values = Object.assign(
      {},
      this.plan.knobs,
      ...this.inputs.slice(0, this.applied).map(({ path, value }) => ({ [path]: value })),
    );
    this.history.moved(this.k, this.furthestNs, open);
    this.applyDueInputs();
  }
}
