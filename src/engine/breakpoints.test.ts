import { expect, test } from 'vitest';
import type { BreakKind, Breakpoint, Hit } from '../abi/breakpoint.ts';
import { LIST_LOOK } from '../abi/look.ts';
import type { Scenario } from '../abi/scenario.ts';
import { TRACE_ID } from '../abi/tracepoints.ts';
import { MS, type Ns } from '../abi/units.ts';
import { memcgBusyScene } from '../scenarios/memcg-busy.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import type { Engine } from './engine.ts';
import { frameOf } from './frame.ts';
import type { Kernel } from './machine/kernel.ts';
import { KSWAPD } from './machine/task.ts';
import { boot, SMALL, type Variation } from './scene-rig.ts';
import { hashState } from './sim/hash.ts';

// "Run until" against a recount: the same run event by event, looked at through frames and the trace instead of counters.

const STACK_BYTES = 3000;
const ALL: readonly BreakKind[] = ['direct-writepage', 'stack', 'free-below-min', 'oom', 'memcg-limit'];
/** Where to begin, how many stops to compare, and what a hit says. */
const CASES: readonly (readonly [BreakKind, Scenario, Variation, Ns, number, (k: Kernel, hit: Hit) => unknown])[] = [
  ['direct-writepage', seekyVsRange, SMALL, 1270 * MS, 3, () => ({ who: 'reader', value: 0, bound: 0 })],
  [
    'stack',
    seekyVsRange,
    SMALL,
    1240 * MS,
    3,
    (k, { who }) => ({ value: taskNamed(k, who).stackBytes, bound: STACK_BYTES }),
  ],
  ['free-below-min', seekyVsRange, SMALL, 735 * MS, 3, ({ zone }) => ({ who: '', value: zone.min, bound: zone.min })],
  ['oom', memcgBusyScene, {}, 1700 * MS, 1, () => ({ who: 'dd' })],
  ['memcg-limit', memcgBusyScene, {}, 2 * MS, 3, ({ m }) => ({ who: 'small', value: m.memcgs[1]!.limitPages })],
];
const taskNamed = (k: Kernel, name: string) => frameOf(k, LIST_LOOK, false).tasks.find((task) => task.name === name)!;
/** The sweeps of the invariants are another test's. */
const NO_SWEEPS = Number.POSITIVE_INFINITY;

/** Whether something of the kind has happened since it was asked last. */
type Look = (k: Kernel) => boolean;
const LOOKS: Readonly<Record<BreakKind, (k: Kernel) => Look>> = {
  'direct-writepage': ({ trace }) => {
    let seen = trace.emitted;
    return (k) => {
      const before = seen;
      seen = k.trace.emitted;
      for (let n = before; n < seen; n++) {
        const row = k.trace.rowOf(n)!;
        if (k.trace.id[row] === TRACE_ID.writepage && k.task(k.trace.thread[row]!).kind !== KSWAPD) return true;
      }
      return false;
    };
  },
  stack: (start) => {
    const tasksOf = (k: Kernel) => frameOf(k, LIST_LOOK, false).tasks;
    let before = tasksOf(start);
    return (k) => {
      const now = tasksOf(k);
      const isAnew = now.some(
        ({ stackBytes, stackHighBytes }, row) =>
          (stackBytes > STACK_BYTES && before[row]!.stackBytes <= STACK_BYTES) ||
          (stackHighBytes > STACK_BYTES && before[row]!.stackHighBytes <= STACK_BYTES),
      );
      before = now;
      return isAnew;
    };
  },
  'free-below-min': (start) => {
    const holds = (k: Kernel) => {
      const { memory } = frameOf(k, LIST_LOOK, false);
      return memory.freePages <= memory.watermarks.min;
    };
    let held = holds(start);
    return (k) => {
      const before = held;
      held = holds(k);
      return held && !before;
    };
  },
  oom: (start) => {
    let killed = start.trace.counts[TRACE_ID.oomKill]!;
    return (k) => {
      const before = killed;
      killed = k.trace.counts[TRACE_ID.oomKill]!;
      return killed > before;
    };
  },
  'memcg-limit': (start) => {
    const refusedOf = ({ m }: Kernel) => m.memcgs.reduce((sum, { failcnt }) => sum + failcnt, 0);
    let refused = refusedOf(start);
    return (k) => {
      const before = refused;
      refused = refusedOf(k);
      return refused > before;
    };
  },
};

const breakpoint = (kind: BreakKind): Breakpoint => ({ kind, bytes: STACK_BYTES });
const placeOf = (k: Kernel) => [k.nowNs, k.sim.eventsDone, hashState(k.m)] as const;
/** Runs on in slices of some 256 events, as a worker does. */
function runOn(engine: Engine, untilNs: Ns, kinds: readonly BreakKind[]): Hit | undefined {
  while (engine.nowNs < untilNs) {
    const hit = engine.runUntil(untilNs, kinds.map(breakpoint), () => false);
    if (hit) return hit;
  }
  return undefined;
}

test.each(CASES)(
  '%s: each stop is the first event at which a slow recount finds it, and nothing comes of it',
  (kind, scene, own, fromNs, stops, said) => {
    const engine = boot(scene, own, NO_SWEEPS);
    engine.advance(fromNs);
    const untilNs = fromNs + 200 * MS;
    const places: unknown[] = [];
    for (let n = 0; n < stops; n++) {
      const hit = runOn(engine, untilNs, [kind])!;
      expect(hit).toMatchObject({ kind, atNs: engine.nowNs });
      if (n === 0) expect(hit).toMatchObject(said(engine.kernel, hit) as object);
      places.push(placeOf(engine.kernel));
    }

    const found: unknown[] = [];
    let look: Look = () => false;
    const slow = boot(scene, { ...own, watch: (k) => look(k) && found.push(placeOf(k)) }, NO_SWEEPS);
    slow.advance(fromNs);
    look = LOOKS[kind](slow.kernel);
    while (found.length < stops && slow.nowNs < untilNs) slow.step('event');
    expect(found.slice(0, stops)).toEqual(places);

    look = () => false;
    const onNs = slow.nowNs + 20 * MS;
    while (engine.nowNs < onNs && runOn(engine, onNs, ALL));
    engine.advance(onNs);
    slow.advance(onNs);
    expect(placeOf(engine.kernel)).toEqual(placeOf(slow.kernel));
  },
);

test('what holds at the start has to cease first: a second stop is another one', () => {
  const engine = boot(seekyVsRange, SMALL, NO_SWEEPS);
  engine.advance(735 * MS);
  runOn(engine, 1000 * MS, ['free-below-min']);
  const at = engine.nowNs;
  const wasAbove: boolean[] = [];
  const slow = boot(seekyVsRange, {
    ...SMALL,
    watch: ({ zone, nowNs }) => nowNs > at && wasAbove.push(zone.buddy.freePages > zone.min),
  });
  runOn(engine, 1000 * MS, ['free-below-min']);
  slow.advance(engine.nowNs);
  expect(engine.nowNs).toBeGreaterThan(at);
  expect(wasAbove).toContain(true);
});

test('without a hit it ends at the time asked for, with all that happens by then', () => {
  const engine = boot(seekyVsRange, SMALL, NO_SWEEPS);
  const straight = boot(seekyVsRange, SMALL, NO_SWEEPS);
  expect(runOn(engine, 700 * MS, ['oom', 'direct-writepage'])).toBeUndefined();
  straight.advance(700 * MS);
  expect(placeOf(engine.kernel)).toEqual(placeOf(straight.kernel));
});

test('a step of a thread that sleeps on and on is given up after a bound', () => {
  const engine = boot(seekyVsRange, SMALL, NO_SWEEPS);
  engine.advance(1240 * MS);
  engine.kernel.sched.sleep(engine.kernel.sched.thread(0), 0, 0, 0, 0);
  expect(engine.step('into', 0)).toBe(50_000);
  expect(engine.step('event')).toBeUndefined();
});
