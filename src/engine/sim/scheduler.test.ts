import { expect, test } from 'vitest';
import { pushEvent } from './event-queue.ts';
import {
  defineFunction,
  enter,
  type Frame,
  goto,
  type KernelFunction,
  link,
  ret,
  steps,
  type Thread,
} from './kthread.ts';
import { createSim, EV_DEVICE, Scheduler, WAKE_NS } from './scheduler.ts';

interface World {
  readonly sched: Scheduler<World>;
  readonly log: string[];
}
interface Nap extends Frame {
  readonly kind: number;
  readonly timeoutNs: number;
}
const registry: KernelFunction<World, never>[] = [];
const frame = (name: string) => [{ name, bytes: 96, assumed: true }];
const at = steps('begin', 'woken');
const nap = defineFunction<World, Nap, keyof typeof at>(registry, 'nap', frame('nap'), at, {
  begin: (w, f, t) => w.sched.sleep(t, f.kind, 0, f.timeoutNs, at.woken),
  woken: (w, _f, t) => {
    w.log.push(`${t.name} ${w.sched.sim.nowNs}${t.timedOut ? ' timed out' : ''}`);
    return ret(t, 0);
  },
});
const spin = defineFunction<World, Frame, keyof typeof at>(registry, 'spin', frame('spin'), at, {
  begin: (_w, _f, t) => goto(t, at.woken),
  woken: (_w, _f, t) => goto(t, at.begin),
});
const work = defineFunction<World, Frame, keyof typeof at>(registry, 'work', frame('work'), at, {
  begin: (w, _f, t) => w.sched.spend(t, 100, at.woken),
  woken: (w, _f, t) => {
    w.log.push(`${t.name} ${w.sched.sim.nowNs}`);
    return ret(t, 0);
  },
});

function thread(id: number): Thread {
  const plain = {
    id,
    name: `t${id}`,
    letter: '',
    kind: 0,
    fns: [],
    steps: [],
    stack: [],
    ret: 0,
    state: 0,
    waitKind: 0,
    waitId: 0,
    sleepSeq: 0,
  };
  const times = { sleptAtNs: 0, generation: 0, timedOut: false, cpuDebtNs: 0, ranNs: 0 };
  const depth = { callerBytes: 0, stackHighBytes: 0, stackHighFns: [], stackHighPath: '' };
  return { ...plain, ...times, ...depth };
}
function world(): World & { run: (untilNs: number) => void } {
  const sim = createSim();
  const log: string[] = [];
  const sched = new Scheduler<World>(sim, link(registry), (_w, _what, arg) => log.push(`device ${arg}`));
  const w = { sched, log };
  return {
    ...w,
    run: (untilNs) => {
      sched.horizonNs = untilNs;
      while (sched.runOne(w));
      sim.nowNs = untilNs;
    },
  };
}
function start(w: World, kind: number, timeoutNs: number): Thread {
  const t = thread(w.sched.sim.threads.length);
  enter(t, nap, { kind, timeoutNs });
  w.sched.start(t);
  return t;
}

test('a sleeper wakes by its timer, and says so', () => {
  const w = world();
  start(w, 1, 1000);
  w.run(5000);

  expect(w.log).toEqual(['t0 1000 timed out']);
});

test('a woken sleeper runs after the wake-up latency; its timer is stale then', () => {
  const w = world();
  start(w, 1, 50_000);
  w.run(100);
  w.sched.wakeAll(1, 0);
  w.run(100_000);

  expect(w.log).toEqual([`t0 ${100 + WAKE_NS}`]);
});

test('I22 kind 0 is woken by the clock only', () => {
  const w = world();
  const t = start(w, 0, 50_000);
  w.run(100);
  w.sched.wake(t);
  w.run(100_000);

  expect(w.log).toEqual(['t0 50000 timed out']);
});

test('R3.35 all sleepers of a queue are woken together, in the order in which they fell asleep', () => {
  const w = world();
  for (let id = 0; id < 4; id++) start(w, 1, 0);
  w.run(100);

  expect(w.sched.wakeAll(1, 0)).toBe(4);
  w.run(10_000);
  expect(w.log.map((line) => line.split(' ')[0])).toEqual(['t0', 't1', 't2', 't3']);
});

test('nobody is woken twice', () => {
  const w = world();
  start(w, 1, 0);
  w.run(100);

  expect([w.sched.wakeAll(1, 0), w.sched.wakeAll(1, 0)]).toEqual([1, 0]);
});

test('I22 a thread that spins without time passing is reported with its name and function', () => {
  const w = world();
  const t = thread(0);
  enter(t, spin, {});
  w.sched.start(t);

  expect(() => w.run(10)).toThrow(/t0 spins in spin/);
});

test('CPU time that ends after the horizon is finished in the next slice, before later events', () => {
  const w = world();
  const t = thread(0);
  enter(t, work, {});
  w.sched.start(t);
  w.run(40);
  pushEvent(w.sched.sim.queue, 150, EV_DEVICE, 7);
  w.run(60);
  expect(w.log).toEqual([]);
  w.run(200);

  expect(w.log).toEqual(['t0 100', 'device 7']);
});

test('I21 the same work in one slice or in many: the same order, the same times', () => {
  const life = (slices: readonly number[]) => {
    const w = world();
    const worker = thread(0);
    enter(worker, work, {});
    w.sched.start(worker);
    start(w, 1, 70);
    pushEvent(w.sched.sim.queue, 100, EV_DEVICE, 7);
    for (const untilNs of slices) w.run(untilNs);
    return w.log;
  };

  expect(life([10, 50, 69, 70, 71, 99, 100, 200])).toEqual(life([200]));
});

test('the depth of a stack is the sum of its frames, and its high-water mark is kept at a sleep', () => {
  const w = world();
  const t = thread(0);
  enter(t, nap, { kind: 1, timeoutNs: 10 });
  enter(t, nap, { kind: 1, timeoutNs: 10 });
  w.sched.start(t);
  w.run(100);

  expect(t.stackHighBytes).toBe(192);
});
