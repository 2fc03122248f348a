import type { Parting } from '../abi/divergence.ts';
import { describeError, ok, type Result } from '../abi/errors.ts';
import type { EventAsk, EventColumns } from '../abi/events.ts';
import type { KnobValue } from '../abi/knob.ts';
import { LIST_LOOK, type Look, type Spot, type Thing } from '../abi/look.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { breakpointsOf } from './breaks.ts';
import type { DriverParts } from './driver-parts.ts';
import { leftBehind, type Way } from './fork.ts';
import { Pair } from './pair.ts';
import { eventsOf, type Place } from './place.ts';
import { replay } from './replay.ts';
import { askBoth, bringTo, gaveUpText, isRefusal, type Step, stepOnce } from './round.ts';
import { stepBack } from './step-back.ts';

/** What a user may ask of the two machines, as jobs of the pair. */
export class Driver {
  private readonly pair: Pair;
  private pendingSeek: Place | undefined;
  /** What the frames carry; and whether the machines are still to be told. */
  private shown = LIST_LOOK;
  private isLookPending = false;
  private readonly parts: DriverParts;

  constructor(parts: DriverParts) {
    this.parts = parts;
    this.pair = new Pair(parts, () => {
      this.pendingSeek = undefined;
      this.isLookPending = false;
    });
  }

  /** Called once per animation frame. */
  readonly turn = (): void => this.pair.turn();

  load(scenario: Scenario, place: Place, playing: boolean, recording?: Recording): void {
    const { store, history } = this.parts;
    this.pair.drop();
    store.getState().endRun(undefined);
    store.getState().startLoading();
    this.pair.enqueue(async () => {
      const machines = this.pair.alive();
      if (store.getState().catalog === undefined) {
        const described = await machines.A.describe();
        if (!described.ok) return described;
        store.getState().setCatalog(described.value);
      }
      history.clear();
      this.pair.askedNs = 0;
      this.pair.ranToNs = 0;
      const booted = await askBoth((id) => machines[id].load(scenario, id, recording), this.pair.keep);
      if (!booted.ok) return booted;
      this.pair.arrive(booted.value);
      // The machines are new and do not know.
      if (this.shown !== LIST_LOOK) this.look(this.shown);
      if (place.atNs > 0) {
        this.pair.goal = place;
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
    void this.pair.enqueue(async () => {
      const there = await replay(this.pair.alive(), { scenario, recording }, place, this.pair.keep, bringBack);
      if (!there.ok) return there;
      this.pair.askedNs = place.atNs;
      this.pair.ranToNs = place.atNs;
      this.pair.arrive(there.value);
      if (this.shown !== LIST_LOOK) this.look(this.shown);
      loaded(playback.during === 'playing');
      return there;
    });
  }

  play(): void {
    const { store } = this.parts;
    const { playback, scenario } = store.getState();
    const isOver = playback.at === 'stopped' || this.pair.askedNs >= (scenario?.untilS ?? 0) * 1e9;
    if (isOver && playback.at !== 'failed') this.seek({ atNs: 0 });
    store.getState().play();
  }

  pause(): void {
    this.pair.stay();
    this.parts.store.getState().pause();
    // Idle is said when the round under way has been drawn, not before.
    this.pair.enqueue(() => this.pair.lookClosely());
  }

  /** To any time, both ways. While one is under way only the newest of the asked-for places counts. */
  seek(place: Place): void {
    this.pair.stay();
    const isFirst = this.pendingSeek === undefined;
    this.pendingSeek = place;
    if (!isFirst) return;
    this.pair.enqueue(async () => {
      const target = this.pendingSeek;
      this.pendingSeek = undefined;
      return target ? this.pair.goTo(target) : ok(undefined);
    });
  }

  /**
   * On to the first breakpoint that either machine meets, or to the end of the scene. `parting`: where A and B part, if that is
   * watched; it has been looked for elsewhere.
   */
  runUntil(parting?: Parting): void {
    const { store } = this.parts;
    const { at } = store.getState().playback;
    if (at === 'failed' || at === 'loading') return;
    this.pair.stay();
    store.getState().pause();
    store.getState().endRun('under way');
    this.pair.enqueue(async () => {
      if (store.getState().breakEnd !== 'under way') return ok(undefined); // given up before it began
      const breakpoints = breakpointsOf(store.getState());
      const { askedNs } = this.pair;
      const isAhead = parting !== undefined && parting.atNs > askedNs;
      if (parting && !isAhead && breakpoints.length === 0) {
        this.pair.endRun({ by: 'parting', atNs: askedNs, parting });
        return ok(undefined);
      }
      const endNs = (store.getState().scenario?.untilS ?? 0) * 1e9;
      this.pair.goal = isAhead ? { atNs: parting.atNs, breakpoints, parting } : { atNs: endNs, breakpoints };
      return ok(undefined);
    });
  }

  /** The selected machine does one thing; the other is brought to the same virtual time. */
  step(step: Step, machine: MachineId): void {
    this.pair.stay();
    this.parts.store.getState().pause();
    this.pair.enqueue(async () => {
      const machines = this.pair.alive();
      const stepped = await stepOnce(machines[machine], step, (advance) => this.pair.keep(machine, advance));
      const gaveUp = stepped.ok ? gaveUpText(step, stepped.value) : '';
      if (gaveUp) this.parts.store.getState().say(gaveUp);
      return this.pair.lead(machine, stepped, (other, atNs) =>
        bringTo(machines[other], atNs, (advance) => this.pair.keep(other, advance)),
      );
    });
  }

  stepBack(step: Step, machine: MachineId): void {
    this.pair.stay();
    this.parts.store.getState().pause();
    this.pair.enqueue(async () => {
      const here = this.parts.feed.latest()?.[machine];
      if (!here) return ok(undefined);
      const machines = this.pair.alive();
      const back = await stepBack(machines[machine], here, step);
      this.pair.askedNs = 0;
      return this.pair.lead(machine, back, (other, atNs) => machines[other].seek(atNs));
    });
  }

  /** Stamped with the furthest virtual time asked for, so that neither machine has passed it; in the past it forks. */
  turnKnob(path: string, value: KnobValue, machine: MachineId | 'both'): void {
    this.pair.enqueue(async () => {
      const input = { atNs: this.pair.askedNs, machine, path, value };
      const machines = this.pair.alive();
      // Both are told, also of a knob of one of them: both have to forget what came after.
      const turned = await askBoth((id) => machines[id].input(input), this.pair.keep);
      const { store, history } = this.parts;
      if (!turned.ok && isRefusal(turned.error)) {
        store.getState().say(describeError(turned.error));
        return ok(undefined);
      }
      if (!turned.ok) return turned;
      this.pair.ranToNs = input.atNs;
      const inputs = store.getState().scenario?.inputs ?? [];
      const left = { atNs: input.atNs, inputs, future: history.cut(input.atNs, eventsOf(turned.value)) };
      store.getState().addInput(input);
      store.getState().forked(left);
      const said = leftBehind(left);
      if (said) store.getState().say(said, 'undo');
      this.pair.arrive(turned.value);
      return ok(undefined);
    });
  }

  /** The latest turned knob is undone, or turned again; what had been seen of the run comes back, and time stays. */
  switchBranch(way: Way): void {
    this.pair.enqueue(async () => {
      const { store, history, feed } = this.parts;
      const branch = store.getState()[way].at(-1);
      const here = feed.latest();
      const { scenario } = store.getState();
      if (!branch || !here || !scenario) return ok(undefined);
      const machines = this.pair.alive();
      const { atNs, inputs, future } = branch;
      const switched = await askBoth((id) => machines[id].replaceInputs(inputs, atNs), this.pair.keep);
      if (!switched.ok) return switched;
      store.getState().switched(way, {
        atNs,
        inputs: scenario.inputs,
        future: history.cut(atNs, eventsOf(switched.value)),
      });
      history.join(future);
      store.getState().setInputs(inputs);
      store.getState().reopen();
      this.pair.ranToNs = atNs;
      this.pair.askedNs = switched.value.atNs;
      if (here.atNs <= atNs) return this.pair.restore({ atNs: here.atNs, eventsDone: eventsOf(here) });
      this.pair.goal = { atNs: here.atNs };
      return ok(undefined);
    });
  }

  /** Says what frames carry from now on; the moment on the screen is shown so at once. Only the newest one counts. */
  look(look: Look): void {
    this.shown = look;
    if (this.isLookPending || !this.pair.machines) return;
    this.isLookPending = true;
    this.pair.enqueue(async () => {
      this.isLookPending = false;
      const machines = this.pair.alive();
      const seen = await askBoth((id) => machines[id].look(this.shown), this.pair.keep);
      if (seen.ok) this.pair.arrive(seen.value);
      return seen;
    });
  }

  /** The page that a picture of the moment on the screen shows at a place. */
  async pageAt(machine: MachineId, spot: Spot): Promise<Thing | undefined> {
    if (!this.pair.machines) return undefined;
    const there = await this.pair.enqueue(() => this.pair.alive()[machine].pageAt(spot));
    return there.ok ? there.value : undefined;
  }

  /** Events of a machine as it stands, between two rounds; undefined: no machine runs. */
  async findEvents(machine: MachineId, ask: EventAsk): Promise<EventColumns | undefined> {
    const found = await this.pair.machines?.[machine].findEvents(ask);
    return found?.ok ? found.value : undefined;
  }

  /** The states' names, once everything asked for before is done. */
  hashes(): Promise<Result<Record<MachineId, string>>> {
    return this.pair.enqueue(async () => {
      const machines = this.pair.alive();
      const [a, b] = await Promise.all([machines.A.hash(), machines.B.hash()]);
      return !a.ok ? a : !b.ok ? b : ok({ A: a.value, B: b.value });
    });
  }

  /** Ends one thread as a crash would. */
  kill(machine: MachineId): void {
    this.pair.machines?.[machine].kill();
  }
}
