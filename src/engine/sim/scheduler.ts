import { assert, broken } from '../../abi/errors.ts';
import { type Bytes, type Ns, US } from '../../abi/units.ts';
import { createEventQueue, type EventQueueState, nextEventNs, popEvent, pushEvent } from './event-queue.ts';
import {
  ASLEEP,
  DEAD,
  type Frame,
  GO_ON,
  goto,
  type KernelFunction,
  type Next,
  RUNNING,
  SLEEPING,
  type Step,
  type Thread,
} from './kthread.ts';

/** From wake_up() to the first instruction of the woken task (model.md S3: 5–50 µs, a context switch 3 µs). */
export const WAKE_NS = 5 * US;

/** A thread that takes more steps than this without time passing is spinning: reported, not waited for. */
const STEPS_PER_INSTANT_MAX = 2_000_000;

/** A kernel function has at most so many steps. */
const STEPS_MAX = 16;

/** Kinds of wait queue, whatever they are. */
const WAIT_KINDS_MAX = 16;

/** Event kinds below this are the scheduler's own; a machine's devices number theirs from here. */
export const EV_THREAD = 0;
const EV_TIMER = 1;
export const EV_DEVICE = 2;

export interface SimState {
  nowNs: Ns;
  eventsDone: number;
  queue: EventQueueState;
  threads: Thread[];
  sleepSeq: number;
  /** Sleepers per kind of wait queue: nearly every wake-up finds nobody. */
  sleepers: Int32Array;
  /** A thread whose CPU time ends after the end of the slice being run: it goes on first in the next slice. -1: none. */
  onCpu: number;
  onCpuUntilNs: Ns;
}

export function createSim(): SimState {
  return {
    nowNs: 0,
    eventsDone: 0,
    queue: createEventQueue(),
    threads: [],
    sleepSeq: 0,
    sleepers: new Int32Array(WAIT_KINDS_MAX),
    onCpu: -1,
    onCpuUntilNs: 0,
  };
}

/** The scheduler owns nothing: it runs the threads of a SimState with the kernel functions of `table`. */
export class Scheduler<K> {
  /** End of the slice being run: nothing may happen after it. */
  horizonNs: Ns = 0;
  /** Set to end the run from inside: the simulated kernel has come to its own end. */
  stopped: string | undefined = undefined;
  /** Whose steps are being run; undefined while a device acts. For instruments. */
  running: Thread | undefined = undefined;
  /** Set while somebody steps: asked after each step of a thread whether to stop there, within the event. */
  pause: ((t: Thread) => boolean) | undefined = undefined;
  /** The thread that was stopped within its event; what runs next is the rest of it. -1: none. No state: never kept. */
  midway = -1;
  /** Steps taken of that event. */
  stepsMidway = 0;
  /** Steps since time last passed. */
  private stepsAtInstant = 0;

  readonly sim: SimState;
  readonly table: readonly KernelFunction<K, never>[];
  /** All steps of all functions in one row, STEPS_MAX places each. */
  private readonly code: readonly Step<K, Frame>[];
  /** Stack bytes per function of the table. */
  private readonly frameBytes: Int32Array;
  private readonly onDevice: (k: K, what: number, arg: number) => void;

  constructor(
    sim: SimState,
    table: readonly KernelFunction<K, never>[],
    onDevice: (k: K, what: number, arg: number) => void,
  ) {
    this.sim = sim;
    this.table = table;
    this.code = table.flatMap(({ name, steps }) => {
      assert(steps.length <= STEPS_MAX, () => `${name} has ${steps.length} steps`);
      return Array.from({ length: STEPS_MAX }, (_, at) => (steps[at] ?? steps[0]) as Step<K, Frame>);
    });
    this.frameBytes = Int32Array.from(table, ({ bytes }) => bytes);
    this.onDevice = onDevice;
  }

  /** Runs the next event not after horizonNs; false when there is none. `sim.nowNs` is left at the event. */
  runOne(k: K): boolean {
    const { sim } = this;
    if (this.midway >= 0) {
      const t = this.thread(this.midway);
      this.midway = -1;
      this.run(k, t);
      return true;
    }
    this.stepsMidway = 0;
    const head = nextEventNs(sim.queue);
    if (sim.onCpu >= 0 && sim.onCpuUntilNs < head) {
      if (sim.onCpuUntilNs > this.horizonNs) return false;
      sim.nowNs = sim.onCpuUntilNs;
      this.stepsAtInstant = 0;
      const t = this.thread(sim.onCpu);
      sim.onCpu = -1;
      sim.onCpuUntilNs = 0; // nothing of where slices ended may stay in the state
      this.run(k, t);
      return true;
    }
    if (head > this.horizonNs) return false;
    const what = sim.queue.what[0]!;
    const arg = sim.queue.arg[0]!;
    popEvent(sim.queue);
    if (head < sim.nowNs) broken('time cannot go back: # after #', head, sim.nowNs);
    if (head > sim.nowNs) this.stepsAtInstant = 0;
    sim.nowNs = head;
    sim.eventsDone++;
    const kind = what & 0xff;
    if (kind >= EV_DEVICE) {
      this.running = undefined;
      this.onDevice(k, what, arg);
    } else this.runThreadEvent(k, kind, what >> 8, arg);
    return true;
  }

  thread(id: number): Thread {
    const t = this.sim.threads[id];
    if (t === undefined) broken('no thread #', id);
    return t;
  }

  private runThreadEvent(k: K, kind: number, id: number, generation: number): void {
    const t = this.thread(id);
    if (t.generation !== generation || t.state === DEAD) return;
    const { sim } = this;
    if (kind === EV_TIMER) {
      t.timedOut = true;
      t.generation++;
      sim.sleepers[t.waitKind]!--;
      t.waitKind = 0;
    }
    t.state = RUNNING;
    this.run(k, t);
  }

  /** Runs a thread until it sleeps, spends CPU time past the next event, or ends. */
  private run(k: K, t: Thread): void {
    this.running = t;
    const { pause } = this;
    if (pause === undefined) {
      while (this.takeStep(k, t) === GO_ON);
      return;
    }
    for (;;) {
      const next = this.takeStep(k, t);
      this.stepsMidway++;
      const stops = pause(t);
      if (next === ASLEEP) return;
      if (!stops) continue;
      this.midway = t.id;
      return;
    }
  }

  private takeStep(k: K, t: Thread): Next {
    const top = t.fns.length - 1;
    if (top < 0) {
      t.state = DEAD;
      return ASLEEP;
    }
    const fn = t.fns[top]!;
    if (++this.stepsAtInstant > STEPS_PER_INSTANT_MAX) {
      broken('# spins in # at # ns', t.name, this.table[fn]!.name, this.sim.nowNs);
    }
    const next = this.code[fn * STEPS_MAX + t.steps[top]!]!(k, t.stack[top]!, t);
    return this.stopped === undefined ? next : ASLEEP;
  }

  /** Makes a new thread runnable. */
  start(t: Thread): void {
    this.sim.threads.push(t);
    assert(this.sim.threads[t.id] === t, () => `thread ${t.id} is out of order`);
    pushEvent(this.sim.queue, this.sim.nowNs, (t.id << 8) | EV_THREAD, t.generation);
  }

  /** When something happens next: an event, or a thread whose computing ends. */
  nextDueNs(): Ns {
    const { sim } = this;
    if (this.midway >= 0) return sim.nowNs;
    const headNs = nextEventNs(sim.queue);
    return sim.onCpu >= 0 && sim.onCpuUntilNs < headNs ? sim.onCpuUntilNs : headNs;
  }

  /** The next thing due is a thread that goes on computing or was stopped: no event, but part of what is done by then. */
  nextIsContinuation(): boolean {
    return this.midway >= 0 || (this.sim.onCpu >= 0 && this.sim.onCpuUntilNs < nextEventNs(this.sim.queue));
  }

  /** Spends `ns` of the thread's own CPU, then runs `step`. Inline while nothing else happens before it is over. */
  spend(t: Thread, ns: Ns, step: number): Next {
    goto(t, step);
    const { sim } = this;
    const untilNs = sim.nowNs + ns;
    t.ranNs += ns;
    if (untilNs < this.nextDueNs()) {
      if (untilNs <= this.horizonNs) {
        sim.nowNs = untilNs;
        if (ns > 0) this.stepsAtInstant = 0;
        return GO_ON;
      }
      if (sim.onCpu < 0) {
        sim.onCpu = t.id;
        sim.onCpuUntilNs = untilNs;
        return ASLEEP;
      }
    }
    pushEvent(sim.queue, untilNs, (t.id << 8) | EV_THREAD, t.generation);
    return ASLEEP;
  }

  /** Spends what submit_bio() and its like have noted as owed. */
  payCpu(t: Thread, step: number): Next {
    const owedNs = t.cpuDebtNs;
    if (owedNs === 0) return goto(t, step);
    t.cpuDebtNs = 0;
    return this.spend(t, owedNs, step);
  }

  /** Sleeps on a wait queue, or only on the clock (kind 0 never wakes). `timeoutNs` 0: no timer. */
  sleep(t: Thread, waitKind: number, waitId: number, timeoutNs: Ns, step: number): Next {
    goto(t, step);
    const { sim } = this;
    t.state = SLEEPING;
    t.waitKind = waitKind;
    t.waitId = waitId;
    sim.sleepers[waitKind]!++;
    t.sleepSeq = ++sim.sleepSeq;
    t.sleptAtNs = sim.nowNs;
    t.timedOut = false;
    t.generation++;
    this.noteStack(t);
    if (timeoutNs > 0) pushEvent(sim.queue, sim.nowNs + timeoutNs, (t.id << 8) | EV_TIMER, t.generation);
    return ASLEEP;
  }

  /** High-water mark of the kernel stack where something sleeps; what returns at once is noted by its call path. */
  private noteStack(t: Thread): void {
    const bytes = this.stackBytes(t);
    if (bytes > t.stackHighBytes) this.raiseStackHigh(t, bytes, '');
  }

  raiseStackHigh(t: Thread, bytes: Bytes, path: string): void {
    t.stackHighBytes = bytes;
    t.stackHighFns = t.fns.slice();
    t.stackHighPath = path;
  }

  stackBytes(t: Thread): Bytes {
    let bytes = t.fns.length > 1 ? t.callerBytes : 0;
    for (let at = 0; at < t.fns.length; at++) bytes += this.frameBytes[t.fns[at]!]!;
    return bytes;
  }

  /** wake_up_process(): the thread runs WAKE_NS later. */
  wake(t: Thread): void {
    if (t.state !== SLEEPING || t.waitKind <= 0) return;
    t.generation++;
    this.sim.sleepers[t.waitKind]!--;
    t.waitKind = -1; // on its way: nobody may wake it twice
    pushEvent(this.sim.queue, this.sim.nowNs + WAKE_NS, (t.id << 8) | EV_THREAD, t.generation);
  }

  /** Wakes everybody on a queue; returns how many. */
  wakeAll(waitKind: number, waitId: number): number {
    let woken = 0;
    for (let t = this.firstWaiter(waitKind, waitId); t !== undefined; t = this.firstWaiter(waitKind, waitId)) {
      this.wake(t);
      woken++;
    }
    return woken;
  }

  /** The exclusive waiter that has slept longest on a queue. */
  firstWaiter(waitKind: number, waitId: number): Thread | undefined {
    if (this.sim.sleepers[waitKind] === 0) return undefined;
    let first: Thread | undefined;
    for (const t of this.sim.threads) {
      if (t.state !== SLEEPING || t.waitKind !== waitKind || t.waitId !== waitId) continue;
      if (first === undefined || t.sleepSeq < first.sleepSeq) first = t;
    }
    return first;
  }
}
