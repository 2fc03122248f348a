import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../abi/errors.ts';
import type { StepKind, ThreadStep } from '../abi/protocol.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { TRACE_ID } from '../abi/tracepoints.ts';
import { MS } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { Engine } from './engine.ts';
import type { Watch } from './machine/instruments.ts';
import { boot, SMALL, type Variation, varied } from './scene-rig.ts';

// Stepping is looking: it may stop anywhere, and nothing comes of it.

type Kind = StepKind | ThreadStep;
const ANY: readonly Kind[] = ['into', 'into', 'into', 'over', 'event', 'io'];
const SCENES: readonly (readonly [string, Scenario, MachineId, Variation, readonly Kind[]])[] = [
  ['seeky-vs-range', seekyVsRange, 'A', SMALL, [...ANY, 'out', 'page', 'batch', 'stall']],
  ['seeky-vs-range', seekyVsRange, 'B', SMALL, ANY],
];
const FROM_NS = 1240 * MS;

function standing(atNs = FROM_NS): Engine {
  const engine = boot(seekyVsRange, SMALL);
  engine.advance(atNs);
  return engine;
}
const depthOf = (engine: Engine, thread: number): number => engine.kernel.task(thread).fns.length;
const placeOf = (engine: Engine): readonly number[] => {
  const { eventsDone, midway } = engine.takeAdvance().frame;
  return [engine.nowNs, eventsDone, midway ?? Number.POSITIVE_INFINITY];
};
/** The busiest thread is the one whose stack changes most: kswapd under pressure. */
const KSWAPD_ID = 0;

test.each(SCENES)(
  'steps of any kind and then running on equal a straight run: %s %#',
  (_name, scene, machine, own, kinds) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1200, max: 1900 }),
        fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(2, 3)), { maxLength: 30 }),
        (fromMs, taken) => {
          const engine = boot(scene, { ...own, machine });
          engine.advance(fromMs * MS);
          // Programs: they never wait long, as kswapd and the flusher may.
          for (const [kind, thread] of taken) {
            // Out of its first function a thread comes only by ending.
            if (kind !== 'out' || depthOf(engine, thread) > 1) engine.step(kind, thread);
          }
          const straight = boot(scene, { ...own, machine });
          const untilNs = Math.max(2000 * MS, engine.nowNs);
          straight.advance(untilNs);
          engine.advance(untilNs);
          expect([engine.eventsDone, engine.hash()]).toEqual([straight.eventsDone, straight.hash()]);
        },
      ),
      { numRuns: 3, seed: 11 },
    );
  },
);

test('an input given within an event counts from the end of that event, as in a run from its start', () => {
  const engine = standing();
  while (engine.kernel.sched.midway < 0) engine.step('page');
  const { eventsDone } = engine;
  engine.input({ atNs: engine.nowNs, machine: 'both', path: 'vm.dirty_ratio', value: 30 });
  expect([engine.kernel.sched.midway, engine.eventsDone]).toEqual([-1, eventsDone]);
});

describe('through a function', () => {
  test('into takes one step of the thread, and none of another ends it', () => {
    const engine = standing();
    for (let n = 0; n < 200; n++) {
      const { sched } = engine.kernel;
      engine.step('into', KSWAPD_ID);
      expect(sched.running?.id).toBe(KSWAPD_ID);
      expect([-1, KSWAPD_ID]).toContain(sched.midway);
    }
  });

  test('each place is further on than the one before', () => {
    const engine = standing();
    let before = placeOf(engine);
    for (let n = 0; n < 200; n++) {
      engine.step('into', 2 + (n % 2));
      const here = placeOf(engine);
      const first = here.findIndex((value, at) => value !== before[at]);
      expect(here[first]!).toBeGreaterThan(before[first]!);
      before = here;
    }
  });

  test.each(['over', 'out'] as const)('%s ends where into after into first comes to the asked-for depth', (kind) => {
    let deeper = 0;
    const engine = standing();
    const slow = standing();
    for (let n = 0; n < 150; n++) {
      engine.step('into', KSWAPD_ID);
      slow.step('into', KSWAPD_ID);
      const depth = depthOf(engine, KSWAPD_ID);
      if (kind === 'out' && depth <= 1) continue;
      engine.step(kind, KSWAPD_ID);
      const wanted = kind === 'over' ? depth : depth - 1;
      do {
        slow.step('into', KSWAPD_ID);
        if (depthOf(slow, KSWAPD_ID) > depth) deeper++;
      } while (depthOf(slow, KSWAPD_ID) > wanted);
      expect(placeOf(engine)).toEqual(placeOf(slow));
    }
    expect(deeper).toBeGreaterThan(0);
  });
});

test("step('page') stops at each page that reclaim decides on, and leaves out none", () => {
  const engine = standing();
  const PAGES = 150;
  for (let n = 0; n < PAGES; n++) engine.step('page');
  const untilNs = engine.nowNs;
  let counted = 0;
  const watch: Watch = {
    judging: () => undefined,
    judged: (k, _t, _pfn, verdict) => {
      if (k.nowNs > FROM_NS && k.nowNs < untilNs) counted++;
      return verdict;
    },
  };
  const slow = Engine.boot(varied(seekyVsRange, SMALL), 'A', undefined, true, { watch });
  assert(slow.ok, () => 'the scene boots');
  slow.value.advance(untilNs);
  // Of the last instant some may be left.
  let last = 0;
  const again = standing();
  for (let n = 0; n < PAGES; n++) {
    again.step('page');
    if (again.nowNs === untilNs) last++;
  }
  expect(last).toBeLessThan(PAGES);
  expect(counted).toBe(PAGES - last);
});

test("step('stall') stops at the next task that is held up", () => {
  const engine = standing(1240 * MS);
  const { trace } = engine.kernel;
  const begun = () =>
    trace.counts[TRACE_ID.directReclaimBegin]! +
    trace.counts[TRACE_ID.memcgReclaimBegin]! +
    trace.counts[TRACE_ID.balanceDirtyBegin]!;
  const slow = standing(1240 * MS);
  const before = begun();
  engine.step('stall');
  expect(begun()).toBeGreaterThan(before);
  while (slow.eventsDone < engine.eventsDone - 1) slow.step('event');
  const { counts } = slow.kernel.trace;
  expect(
    counts[TRACE_ID.directReclaimBegin]! + counts[TRACE_ID.memcgReclaimBegin]! + counts[TRACE_ID.balanceDirtyBegin]!,
  ).toBe(before);
});
