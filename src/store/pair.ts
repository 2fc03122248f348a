import type { Breakpoint } from '../abi/breakpoint.ts';
import type { Parting } from '../abi/divergence.ts';
import { ok, type Result, type RunError } from '../abi/errors.ts';
import type { Advance } from '../abi/protocol.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { BreakEnd } from './breaks.ts';
import type { DriverParts } from './driver-parts.ts';
import { MACHINES, type Twin } from './feed.ts';
import { JobLine } from './job-line.ts';
import { FASTEST, Pace } from './pace.ts';
import type { Place } from './place.ts';
import { bringBothTo, bringBothUntil, type Keep, type Machines, seekBoth, twinOf } from './round.ts';
import { completed, isWholeDue } from './whole.ts';

/** A place named by events is approached by time up to here before it, and then exactly. */
const APPROACH_NS: Ns = 20e6;

/** A place to be gone to; or, given breakpoints, the furthest to go: the end of the scene, or where A and B part. */
export interface Goal extends Place {
  readonly breakpoints?: readonly Breakpoint[];
  readonly parting?: Parting | undefined;
}

/**
 * Two machines kept at one virtual time. `turn` is called once per animation frame; speed is only how fast the
 * asked-for time grows. One job at a time, one advance in flight per machine: what a user does waits for the round.
 */
export class Pair {
  /** Undefined: no machine runs. */
  machines: Machines | undefined;
  /** The furthest virtual time asked for since the last seek; both machines are at it between two jobs. */
  askedNs: Ns = 0;
  /** The furthest time the machines themselves have been at: after an undone fork less than what is drawn. */
  ranToNs: Ns = 0;
  /** A place beyond what has been run: gone to in rounds, so that the way can be seen and given up. */
  goal: Goal | undefined;
  private working = false;
  private lastTurnMs = 0;
  private readonly jobs = new JobLine();
  private readonly pace = new Pace();
  private lastWholeMs = Number.NEGATIVE_INFINITY;
  private readonly parts: DriverParts;
  private readonly onDrop: () => void;

  /** `onDrop`: what was asked for and has not begun is given up. */
  constructor(parts: DriverParts, onDrop: () => void) {
    this.parts = parts;
    this.onDrop = onDrop;
  }

  /** Called once per animation frame. */
  readonly turn = (): void => {
    const nowMs = this.parts.wall();
    const passedMs = nowMs - this.lastTurnMs;
    this.lastTurnMs = nowMs;
    if (!this.working) void this.work(passedMs);
  };

  /** Gives up all that was asked for and has not begun. */
  drop(): void {
    this.jobs.drop();
    this.stay();
    this.onDrop();
  }

  /** Gives up the way to a place, or to a breakpoint. */
  stay(): void {
    const { breakEnd, endRun } = this.parts.store.getState();
    this.goal = undefined;
    if (breakEnd === 'under way') endRun(undefined);
  }

  readonly keep: Keep = (machine, advance) => this.parts.history.keep(machine, advance);

  enqueue<T>(job: () => Promise<Result<T>>): Promise<Result<T>> {
    const answer = this.jobs.add(job);
    if (this.parts.store.getState().playback.at !== 'loading') this.parts.store.getState().setBusy(true);
    if (!this.working) void this.work(0);
    return answer;
  }

  private async work(passedMs: number): Promise<void> {
    this.working = true;
    try {
      do {
        for (let job = this.jobs.next(); job; job = this.jobs.next()) {
          const done = await job();
          if (!done.ok) return this.fail(done.error);
        }
        if (passedMs > 0 || this.isHungry()) await this.round(passedMs);
      } while (this.isHungry() || !this.jobs.isEmpty);
    } finally {
      this.working = false;
      if (!this.goal && this.jobs.isEmpty) this.parts.store.getState().setBusy(false);
    }
  }

  /** On the way to a place, or as fast as it can: the next round does not wait for the next animation frame. */
  private isHungry(): boolean {
    const { playback, speed } = this.parts.store.getState();
    if (playback.at === 'failed' || playback.at === 'loading') return false;
    return this.goal !== undefined || (playback.at === 'playing' && speed === FASTEST && !this.parts.isHidden());
  }

  private async round(passedMs: number): Promise<void> {
    const { store, wall } = this.parts;
    const { playback, speed, scenario } = store.getState();
    if (!scenario || !this.machines || (playback.at !== 'playing' && !this.goal)) return;
    const stepNs = this.pace.stepNs(passedMs, this.goal ? FASTEST : speed);
    const limitNs = this.goal ? this.goal.atNs - (this.goal.eventsDone ? APPROACH_NS : 0) : Number.POSITIVE_INFINITY;
    const untilNs = Math.max(this.askedNs, Math.min(this.askedNs + stepNs, limitNs, scenario.untilS * 1e9));
    const covered = untilNs - this.askedNs;
    const startedMs = wall();
    this.askedNs = untilNs;
    const isLast = untilNs >= limitNs || untilNs >= scenario.untilS * 1e9;
    const whole = isLast || isWholeDue(this.parts.feed.latest(), startedMs - this.lastWholeMs);
    if (whole) this.lastWholeMs = startedMs;
    const result = await bringBothUntil(this.machines, untilNs, this.keep, whole, this.goal?.breakpoints);
    if (!result.ok) return this.fail(result.error);
    this.pace.learn(covered, wall() - startedMs);
    const { twin, hits } = result.value;
    const isHit = Object.keys(hits).length > 0;
    if (isHit) this.askedNs = twin.atNs; // a breakpoint ends the round before the time that was asked for
    this.arrive(twin);
    if (isHit) return this.endRun({ by: 'hit', atNs: twin.atNs, hits });
    if (this.goal && isLast) return this.reachGoal(this.goal);
    this.endIfOver(twin, scenario);
  }

  /** A large machine at rest is shown as it is now, not as it was some frames ago. */
  async lookClosely(): Promise<Result<unknown>> {
    const shown = this.parts.feed.latest();
    if (!this.machines || !(shown?.A.isPartial || shown?.B.isPartial)) return ok(undefined);
    const seen = await bringBothTo(this.machines, this.askedNs, this.keep);
    if (seen.ok) this.arrive(seen.value);
    return seen;
  }

  /** "Run until" is over: said, everything stands still, and whoever steps now steps the machine that was stopped. */
  endRun(end: BreakEnd): void {
    const { machine, selectMachine, endRun } = this.parts.store.getState();
    this.goal = undefined;
    endRun(end);
    if (end.by === 'hit' && end.hits[machine] === undefined) selectMachine(machine === 'A' ? 'B' : 'A');
  }

  private async reachGoal(goal: Goal): Promise<void> {
    this.goal = undefined;
    if (goal.breakpoints) {
      const { atNs, parting } = goal;
      return this.endRun(parting ? { by: 'parting', atNs, parting } : { by: 'end', atNs });
    }
    if (!goal.eventsDone) return;
    const there = await this.restore(goal);
    if (!there.ok) this.fail(there.error);
  }

  private endIfOver({ stopped }: Twin, { untilS }: Scenario): void {
    const { store } = this.parts;
    if (stopped.A !== undefined && stopped.B !== undefined) {
      const { A, B } = store.getState().traced;
      store.getState().stop(A || B ? 'Both came to their ends.' : 'Both kernels came to an end.');
    } else if (this.askedNs >= untilS * 1e9) store.getState().stop(`The scene ends at ${untilS} s.`);
  }

  /** Back, or forward within what has been run: by checkpoint. Beyond: by running. */
  async goTo(place: Place): Promise<Result<unknown>> {
    const { store } = this.parts;
    const endNs = (store.getState().scenario?.untilS ?? 0) * 1e9;
    const target = { ...place, atNs: Math.max(0, Math.min(Math.round(place.atNs), endNs)) };
    store.getState().reopen();
    const known = await this.restore({ ...target, atNs: Math.min(target.atNs, this.ranToNs) });
    if (known.ok && target.atNs > this.ranToNs) this.goal = target;
    return known;
  }

  async restore(place: Place): Promise<Result<unknown>> {
    const back = await seekBoth(this.alive(), place, this.keep);
    if (!back.ok) return back;
    this.askedNs = place.atNs;
    this.arrive(back.value);
    return back;
  }

  /** One machine has moved by itself; the other follows to the same time. */
  async lead(
    machine: MachineId,
    moved: Result<Advance>,
    follow: (other: MachineId, atNs: Ns) => Promise<Result<Advance>>,
  ): Promise<Result<unknown>> {
    if (!moved.ok) return moved;
    this.keep(machine, moved.value);
    const other = machine === 'A' ? 'B' : 'A';
    const followed = await follow(other, moved.value.frame.nowNs);
    if (!followed.ok) return followed;
    this.keep(other, followed.value);
    this.arrive(machine === 'A' ? twinOf(moved.value, followed.value) : twinOf(followed.value, moved.value));
    return followed;
  }

  arrive(twin: Twin): void {
    this.askedNs = Math.max(this.askedNs, twin.atNs);
    this.ranToNs = Math.max(this.ranToNs, twin.atNs);
    this.parts.history.reach(twin);
    this.parts.feed.publish(completed(twin, this.parts.feed.latest()));
  }

  alive(): Machines {
    const start = (id: MachineId) => this.parts.start(id, (error) => this.fail(error));
    this.machines ??= { A: start('A'), B: start('B') };
    return this.machines;
  }

  /** The last frame stays; both threads go, because half a twin is of no use. */
  fail(error: RunError): void {
    this.drop();
    // Say why before ending the threads: calls they leave behind come back as errors too.
    this.parts.store.getState().fail(error);
    for (const id of MACHINES) this.machines?.[id].close();
    this.machines = undefined;
  }
}
