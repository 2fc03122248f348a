import { describeError, ok, type Result, type RunError } from '../abi/errors.ts';
import type { EventAsk, EventColumns } from '../abi/events.ts';
import type { KnobValue } from '../abi/knob.ts';
import { LIST_LOOK, type Look, type Spot, type Thing } from '../abi/look.ts';
import type { Advance, StepKind } from '../abi/protocol.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { DriverParts } from './driver-parts.ts';
import { MACHINES, type Twin } from './feed.ts';
import { leftBehind, type Way } from './fork.ts';
import { JobLine } from './job-line.ts';
import { FASTEST, Pace } from './pace.ts';
import { eventsOf, type Place } from './place.ts';
import { replay } from './replay.ts';
import {
  askBoth,
  bringBothTo,
  bringTo,
  isRefusal,
  type Keep,
  type Machines,
  seekBoth,
  stepOnce,
  twinOf,
} from './round.ts';
import { stepBack } from './step-back.ts';
import { completed, isWholeDue } from './whole.ts';

/** A place named by events is approached by time up to here before it, and then exactly. */
const APPROACH_NS: Ns = 20e6;

/**
 * Keeps two machines at one virtual time. `turn` is called once per animation frame; speed is only how fast the
 * asked-for time grows. One job at a time, one advance in flight per machine: what a user does waits for the round.
 */
export class Driver {
  private machines: Machines | undefined;
  /** The furthest virtual time asked for since the last seek; both machines are at it between two jobs. */
  private askedNs: Ns = 0;
  /** The furthest time the machines themselves have been at: after an undone fork less than what is drawn. */
  private ranToNs: Ns = 0;
  /** A place beyond what has been run: gone to in rounds, so that the way can be seen and given up. */
  private goal: Place | undefined;
  private working = false;
  private lastTurnMs = 0;
  private readonly jobs = new JobLine();
  private pendingSeek: Place | undefined;
  private readonly pace = new Pace();
  /** What the frames carry; and whether the machines are still to be told. */
  private shown = LIST_LOOK;
  private isLookPending = false;
  private lastWholeMs = Number.NEGATIVE_INFINITY;
  private readonly parts: DriverParts;

  constructor(parts: DriverParts) {
    this.parts = parts;
  }

  /** Called once per animation frame. */
  readonly turn = (): void => {
    const nowMs = this.parts.wall();
    const passedMs = nowMs - this.lastTurnMs;
    this.lastTurnMs = nowMs;
    if (!this.working) void this.work(passedMs);
  };

  load(scenario: Scenario, place: Place, playing: boolean, recording?: Recording): void {
    const { store, history } = this.parts;
    this.jobs.drop();
    this.goal = undefined;
    this.pendingSeek = undefined;
    this.isLookPending = false;
    store.getState().startLoading();
    this.enqueue(async () => {
      const machines = this.alive();
      if (store.getState().catalog === undefined) {
        const described = await machines.A.describe();
        if (!described.ok) return described;
        store.getState().setCatalog(described.value);
      }
      history.clear();
      this.askedNs = 0;
      this.ranToNs = 0;
      const booted = await askBoth((id) => machines[id].load(scenario, id, recording), this.keep);
      if (!booted.ok) return booted;
      this.arrive(booted.value);
      // The machines are new and do not know.
      if (this.shown !== LIST_LOOK) this.look(this.shown);
      if (place.atNs > 0) {
        this.goal = place;
        // Or "idle" would be said on the way there.
        store.getState().setBusy(true);
      }
      store.getState().loaded(playing);
      return booted;
    });
  }

  /** After a failure: new threads do the same run up to the last frame, which stays on the screen, and it goes on from there. */
  goOn(): void {
    const { store, feed } = this.parts;
    const { scenario, recording, playback, bringBack, loaded } = store.getState();
    const last = feed.latest();
    if (playback.at !== 'failed' || !scenario || !last) return;
    const place = { atNs: last.atNs, eventsDone: eventsOf(last) };
    bringBack(0);
    void this.enqueue(async () => {
      const there = await replay(this.alive(), { scenario, recording }, place, this.keep, bringBack);
      if (!there.ok) return there;
      this.askedNs = place.atNs;
      this.ranToNs = place.atNs;
      this.arrive(there.value);
      if (this.shown !== LIST_LOOK) this.look(this.shown);
      loaded(playback.during === 'playing');
      return there;
    });
  }

  play(): void {
    const { store } = this.parts;
    const { playback, scenario } = store.getState();
    const isOver = playback.at === 'stopped' || this.askedNs >= (scenario?.untilS ?? 0) * 1e9;
    if (isOver && playback.at !== 'failed') this.seek({ atNs: 0 });
    store.getState().play();
  }

  pause(): void {
    this.goal = undefined;
    this.parts.store.getState().pause();
    // Idle is said when the round under way has been drawn, not before.
    this.enqueue(() => this.lookClosely());
  }

  /** To any time, both ways. While one is under way only the newest of the asked-for places counts. */
  seek(place: Place): void {
    this.goal = undefined;
    const isFirst = this.pendingSeek === undefined;
    this.pendingSeek = place;
    if (!isFirst) return;
    this.enqueue(async () => {
      const target = this.pendingSeek;
      this.pendingSeek = undefined;
      return target ? this.goTo(target) : ok(undefined);
    });
  }

  /** The selected machine does one thing; the other is brought to the same virtual time. */
  step(kind: StepKind, machine: MachineId): void {
    this.parts.store.getState().pause();
    this.enqueue(async () => {
      const machines = this.alive();
      const stepped = await stepOnce(machines[machine], kind, (advance) => this.keep(machine, advance));
      return this.lead(machine, stepped, (other, atNs) =>
        bringTo(machines[other], atNs, (advance) => this.keep(other, advance)),
      );
    });
  }

  stepBack(kind: StepKind, machine: MachineId): void {
    this.parts.store.getState().pause();
    this.enqueue(async () => {
      const here = this.parts.feed.latest()?.[machine];
      if (!here) return ok(undefined);
      const machines = this.alive();
      const back = await stepBack(machines[machine], here, kind);
      this.askedNs = 0;
      return this.lead(machine, back, (other, atNs) => machines[other].seek(atNs));
    });
  }

  /** Stamped with the furthest virtual time asked for, so that neither machine has passed it; in the past it forks. */
  turnKnob(path: string, value: KnobValue, machine: MachineId | 'both'): void {
    this.enqueue(async () => {
      const input = { atNs: this.askedNs, machine, path, value };
      const machines = this.alive();
      // Both are told, also of a knob of one of them: both have to forget what came after.
      const turned = await askBoth((id) => machines[id].input(input), this.keep);
      const { store, history } = this.parts;
      if (!turned.ok && isRefusal(turned.error)) {
        store.getState().say(describeError(turned.error));
        return ok(undefined);
      }
      if (!turned.ok) return turned;
      this.ranToNs = input.atNs;
      const inputs = store.getState().scenario?.inputs ?? [];
      const left = { atNs: input.atNs, inputs, future: history.cut(input.atNs, eventsOf(turned.value)) };
      store.getState().addInput(input);
      store.getState().forked(left);
      const said = leftBehind(left);
      if (said) store.getState().say(said, 'undo');
      this.arrive(turned.value);
      return ok(undefined);
    });
  }

  /** The latest turned knob is undone, or turned again; what had been seen of the run comes back, and time stays. */
  switchBranch(way: Way): void {
    this.enqueue(async () => {
      const { store, history, feed } = this.parts;
      const branch = store.getState()[way].at(-1);
      const here = feed.latest();
      const { scenario } = store.getState();
      if (!branch || !here || !scenario) return ok(undefined);
      const machines = this.alive();
      const { atNs, inputs, future } = branch;
      const switched = await askBoth((id) => machines[id].replaceInputs(inputs, atNs), this.keep);
      if (!switched.ok) return switched;
      store.getState().switched(way, {
        atNs,
        inputs: scenario.inputs,
        future: history.cut(atNs, eventsOf(switched.value)),
      });
      history.join(future);
      store.getState().setInputs(inputs);
      store.getState().reopen();
      this.ranToNs = atNs;
      this.askedNs = switched.value.atNs;
      if (here.atNs <= atNs) return this.restore({ atNs: here.atNs, eventsDone: eventsOf(here) });
      this.goal = { atNs: here.atNs };
      return ok(undefined);
    });
  }

  /** Says what frames carry from now on; the moment on the screen is shown so at once. Only the newest one counts. */
  look(look: Look): void {
    this.shown = look;
    if (this.isLookPending || !this.machines) return;
    this.isLookPending = true;
    this.enqueue(async () => {
      this.isLookPending = false;
      const machines = this.alive();
      const seen = await askBoth((id) => machines[id].look(this.shown), this.keep);
      if (seen.ok) this.arrive(seen.value);
      return seen;
    });
  }

  /** The page that a picture of the moment on the screen shows at a place. */
  async pageAt(machine: MachineId, spot: Spot): Promise<Thing | undefined> {
    if (!this.machines) return undefined;
    const there = await this.enqueue(() => this.alive()[machine].pageAt(spot));
    return there.ok ? there.value : undefined;
  }

  /** Events of a machine as it stands, between two rounds; undefined: no machine runs. */
  async findEvents(machine: MachineId, ask: EventAsk): Promise<EventColumns | undefined> {
    const found = await this.machines?.[machine].findEvents(ask);
    return found?.ok ? found.value : undefined;
  }

  /** The states' names, once everything asked for before is done. */
  hashes(): Promise<Result<Record<MachineId, string>>> {
    return this.enqueue(async () => {
      const machines = this.alive();
      const [a, b] = await Promise.all([machines.A.hash(), machines.B.hash()]);
      return !a.ok ? a : !b.ok ? b : ok({ A: a.value, B: b.value });
    });
  }

  /** Ends one thread as a crash would. */
  kill(machine: MachineId): void {
    this.machines?.[machine].kill();
  }

  private readonly keep: Keep = (machine, advance) => this.parts.history.keep(machine, advance);

  private enqueue<T>(job: () => Promise<Result<T>>): Promise<Result<T>> {
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
    const result = await bringBothTo(this.machines, untilNs, this.keep, whole);
    if (!result.ok) return this.fail(result.error);
    this.pace.learn(covered, wall() - startedMs);
    this.arrive(result.value);
    if (this.goal && isLast) return this.reachGoal(this.goal);
    this.endIfOver(result.value, scenario);
  }

  /** A large machine at rest is shown as it is now, not as it was some frames ago. */
  private async lookClosely(): Promise<Result<unknown>> {
    const shown = this.parts.feed.latest();
    if (!this.machines || !(shown?.A.isPartial || shown?.B.isPartial)) return ok(undefined);
    const seen = await bringBothTo(this.machines, this.askedNs, this.keep);
    if (seen.ok) this.arrive(seen.value);
    return seen;
  }

  private async reachGoal(goal: Place): Promise<void> {
    this.goal = undefined;
    if (!goal.eventsDone) return;
    const there = await this.restore(goal);
    if (!there.ok) this.fail(there.error);
  }

  private endIfOver({ stopped }: Twin, { untilS }: Scenario): void {
    const { store } = this.parts;
    if (stopped.A !== undefined && stopped.B !== undefined) store.getState().stop('Both kernels came to an end.');
    else if (this.askedNs >= untilS * 1e9) store.getState().stop(`The scene ends at ${untilS} s.`);
  }

  /** Back, or forward within what has been run: by checkpoint. Beyond: by running. */
  private async goTo(place: Place): Promise<Result<unknown>> {
    const { store } = this.parts;
    const endNs = (store.getState().scenario?.untilS ?? 0) * 1e9;
    const target = { ...place, atNs: Math.max(0, Math.min(Math.round(place.atNs), endNs)) };
    store.getState().reopen();
    const known = await this.restore({ ...target, atNs: Math.min(target.atNs, this.ranToNs) });
    if (known.ok && target.atNs > this.ranToNs) this.goal = target;
    return known;
  }

  private async restore(place: Place): Promise<Result<unknown>> {
    const back = await seekBoth(this.alive(), place, this.keep);
    if (!back.ok) return back;
    this.askedNs = place.atNs;
    this.arrive(back.value);
    return back;
  }

  /** One machine has moved by itself; the other follows to the same time. */
  private async lead(
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

  private arrive(twin: Twin): void {
    this.askedNs = Math.max(this.askedNs, twin.atNs);
    this.ranToNs = Math.max(this.ranToNs, twin.atNs);
    this.parts.history.reach(twin);
    this.parts.feed.publish(completed(twin, this.parts.feed.latest()));
  }

  private alive(): Machines {
    const start = (id: MachineId) => this.parts.start(id, (error) => this.fail(error));
    this.machines ??= { A: start('A'), B: start('B') };
    return this.machines;
  }

  /** The last frame stays; both threads go, because half a twin is of no use. */
  private fail(error: RunError): void {
    this.jobs.drop();
    this.goal = undefined;
    this.pendingSeek = undefined;
    this.isLookPending = false;
    // Say why before ending the threads: calls they leave behind come back as errors too.
    this.parts.store.getState().fail(error);
    for (const id of MACHINES) this.machines?.[id].close();
    this.machines = undefined;
  }
}
