import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert, describeError } from '../abi/errors.ts';
import type { StepKind } from '../abi/protocol.ts';
import type { TimedInput } from '../abi/scenario.ts';
import { TRACE_ID } from '../abi/tracepoints.ts';
import { MS, type Ns, S } from '../abi/units.ts';
import { ddStream } from '../scenarios/dd-stream.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import type { Engine } from './engine.ts';
import { VM } from './machine/vmstat.ts';
import { namedMetrics } from './metrics.ts';
import { boot, type Place, placeOf, SMALL, type Variation } from './scene-rig.ts';

// Decision 3 of design.md: a run is model version + scenario + seed + timed inputs, and a place in it is (t, events done at t).

const UNTIL_NS = 2.6 * S;
const input = (atMs: number, path: string, value: TimedInput['value']): TimedInput => ({
  atNs: atMs * MS,
  machine: 'both',
  path,
  value,
});
const INPUTS = [
  input(900, 'vm.dirty_writeback_centisecs', 5),
  input(1250, 'policy.pageout_unit', 'span'),
  input(1251.5, 'disk.scheduler', 'noop'),
  input(2000, 'vm.dirty_ratio', 30),
  input(2500, 'workload.stores_per_s', 1000),
];
const WITH_INPUTS: Variation = { ...SMALL, inputs: INPUTS };

/** Places along a run: at the given times, and after a few steps of each kind from there. */
function placesOf(variation: Variation, timesNs: readonly Ns[]): Place[] {
  const places: Place[] = [];
  for (const atNs of timesNs) {
    const engine = boot(seekyVsRange, variation);
    engine.advance(atNs);
    places.push(placeOf(engine));
  }
  return places;
}

function steppedPlaces(variation: Variation, fromNs: Ns, kinds: readonly StepKind[]): Place[] {
  const engine = boot(seekyVsRange, variation);
  engine.advance(fromNs);
  return kinds.map((kind) => {
    engine.step(kind);
    return placeOf(engine);
  });
}

function give(engine: Engine, timed: TimedInput): void {
  const given = engine.input(timed);
  assert(given.ok, () => (given.ok ? '' : describeError(given.error)));
}

const TIMES = [
  0,
  1,
  250 * MS,
  333 * MS,
  900 * MS,
  1000 * MS,
  1250 * MS,
  1251 * MS,
  1251.5 * MS,
  1777 * MS,
  2000 * MS,
  2500 * MS,
  2750 * MS + 1,
  UNTIL_NS,
];
const anywhere = fc.array(fc.nat({ max: TIMES.length - 1 }), { minLength: 2, maxLength: 8 });

describe('seek from anywhere to anywhere equals a straight run', () => {
  test.each([
    ['as the scene is', SMALL],
    ['with inputs', WITH_INPUTS],
  ] as const)('to a time, %s', (_name, variation) => {
    const places = placesOf(variation, TIMES);
    fc.assert(
      fc.property(anywhere, (order) => {
        const engine = boot(seekyVsRange, variation);
        for (const to of order) {
          const { atNs, hash } = places[to]!;
          engine.seek(atNs);
          expect([engine.nowNs, engine.hash()]).toEqual([atNs, hash]);
        }
      }),
      { numRuns: 6, seed: 1 },
    );
  });

  test.each([
    ['as the scene is', SMALL],
    ['with inputs', WITH_INPUTS],
  ] as const)('to a place (t, events done) of a straight run, %s', (_name, variation) => {
    const places = placesOf(variation, TIMES);
    fc.assert(
      fc.property(anywhere, (order) => {
        const engine = boot(seekyVsRange, variation);
        for (const to of order) {
          const { atNs, eventsDone, hash } = places[to]!;
          engine.seek(atNs, eventsDone);
          expect([engine.nowNs, engine.eventsDone, engine.hash()]).toEqual([atNs, eventsDone, hash]);
        }
        engine.seek(UNTIL_NS);
        expect(engine.hash()).toBe(places.at(-1)!.hash);
      }),
      { numRuns: 6, seed: 2 },
    );
  });

  test.each(['event', 'batch', 'io', 'stall'] as const)("step('%s') lands on places that seek restores", (kind) => {
    // Stalls are rare: sixty of them go beyond the end.
    const stepped = steppedPlaces(WITH_INPUTS, 1240 * MS, new Array<StepKind>(60).fill(kind));
    const places = stepped.filter(({ atNs }) => atNs <= UNTIL_NS);
    const straight = placesOf(WITH_INPUTS, [UNTIL_NS])[0]!;
    fc.assert(
      fc.property(fc.array(fc.nat({ max: places.length - 1 }), { minLength: 2, maxLength: 6 }), (order) => {
        const engine = boot(seekyVsRange, WITH_INPUTS);
        for (const to of order) {
          const { atNs, eventsDone, hash } = places[to]!;
          engine.seek(atNs, eventsDone);
          expect([to, engine.nowNs, engine.eventsDone, engine.hash()]).toEqual([to, atNs, eventsDone, hash]);
        }
        engine.advance(UNTIL_NS);
        expect(engine.hash()).toBe(straight.hash);
      }),
      { numRuns: 6, seed: 3 },
    );
  });

  test("step('batch') stops at a batch just isolated, step('io') at a request just finished", () => {
    for (const [kind, point] of [
      ['batch', 'lruIsolate'],
      ['io', 'blockRqComplete'],
    ] as const) {
      const engine = boot(seekyVsRange, SMALL);
      engine.advance(1240 * MS);
      for (let steps = 0; steps < 20; steps++) {
        const { trace } = engine.kernel;
        const before = trace.counts[TRACE_ID[point]]!;
        engine.step(kind);
        expect(trace.counts[TRACE_ID[point]]!).toBeGreaterThan(before);
        const at = Array.from({ length: 64 }, (_, back) => trace.rowOf(trace.emitted - 1 - back)!).find(
          (row) => trace.id[row] === TRACE_ID[point],
        )!;
        expect(trace.timeNs[at]).toBe(engine.nowNs);
      }
    }
  });

  test('steps and then playback equal a straight run', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2500 }),
        fc.array(fc.constantFrom<StepKind>('event', 'page', 'batch', 'io', 'stall'), { maxLength: 12 }),
        (fromMs, kinds) => {
          const engine = boot(seekyVsRange, WITH_INPUTS);
          engine.advance(fromMs * MS);
          for (const kind of kinds) engine.step(kind);
          const straight = boot(seekyVsRange, WITH_INPUTS);
          const untilNs = Math.max(UNTIL_NS, engine.nowNs);
          straight.advance(untilNs);
          engine.advance(untilNs);
          expect(engine.hash()).toBe(straight.hash());
        },
      ),
      { numRuns: 6, seed: 4 },
    );
  });

  test('a long run whose checkpoints were thinned', () => {
    const engine = boot(seekyVsRange);
    const places: Place[] = [];
    for (let atNs = 0; atNs <= 40 * S; atNs += 2 * S + 1) {
      engine.advance(atNs);
      places.push(placeOf(engine));
    }
    for (const to of [18, 3, 11, 0, 15, 14]) {
      const { atNs, hash } = places[to]!;
      engine.seek(atNs);
      expect([atNs, engine.hash()]).toEqual([atNs, hash]);
    }
  });
});

describe('inputs', () => {
  const straight = () => placesOf(WITH_INPUTS, [UNTIL_NS])[0]!.hash;

  test('given live equal the same inputs in the scenario', () => {
    const engine = boot(seekyVsRange, SMALL);
    for (const timed of INPUTS) {
      engine.advance(timed.atNs);
      give(engine, timed);
    }
    engine.advance(UNTIL_NS);
    expect(engine.hash()).toBe(straight());
  });

  test('given ahead of time equal the same inputs in the scenario', () => {
    const engine = boot(seekyVsRange, SMALL);
    for (const timed of INPUTS) give(engine, timed);
    engine.advance(UNTIL_NS);
    expect(engine.hash()).toBe(straight());
  });

  test('given after steps, in the middle of an instant, are found again by a seek', () => {
    for (let steps = 1; steps <= 12; steps++) {
      const engine = boot(seekyVsRange, SMALL);
      engine.advance(1240 * MS);
      for (let step = 0; step < steps; step++) engine.step('event');
      give(engine, { atNs: engine.nowNs, machine: 'both', path: 'vm.dirty_writeback_centisecs', value: 5 });
      const after = placeOf(engine);
      engine.advance(UNTIL_NS);
      const end = placeOf(engine);
      engine.seek(1000 * MS);
      engine.seek(UNTIL_NS);
      expect([steps, engine.hash()]).toEqual([steps, end.hash]);
      engine.seek(after.atNs, after.eventsDone);
      engine.advance(UNTIL_NS);
      expect([steps, engine.hash()]).toEqual([steps, end.hash]);
    }
  });

  test('an input while a task computes does not lose the task', () => {
    const knobs = {
      'machine.memory_mib': 24,
      'vm.dirty_expire_centisecs': 0,
      'vm.dirty_ratio': 100,
      'vm.dirty_background_ratio': 99,
      'vm.dirty_writeback_centisecs': 0,
    };
    const engine = boot(ddStream, { knobs });
    engine.advance(200 * MS);
    const { sim } = engine.kernel.m;
    const computes = () =>
      sim.onCpu === 2 && sim.onCpuUntilNs > engine.nowNs + 8000 && engine.kernel.vm[VM.nr_file_dirty]! > 0;
    do engine.step('event');
    while (!computes());
    give(engine, { atNs: engine.nowNs, machine: 'both', path: 'vm.dirty_writeback_centisecs', value: 1 });
    const { pages_touched: before } = namedMetrics(engine.kernel);
    for (let step = 0; step < 5; step++) engine.step('event');
    engine.advance(engine.nowNs + S);
    expect(namedMetrics(engine.kernel).pages_touched).toBeGreaterThan(before! + 1000);
  });

  test('in the past fork the run: what came after is dropped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2599 }), fc.constantFrom(...INPUTS), (forkMs, { path, value }) => {
        const fork = input(forkMs, path, value);
        const engine = boot(seekyVsRange, WITH_INPUTS);
        engine.advance(UNTIL_NS);
        give(engine, fork);
        expect(engine.nowNs).toBe(fork.atNs);
        engine.advance(UNTIL_NS);
        const kept = INPUTS.filter(({ atNs }) => atNs <= fork.atNs);
        expect(engine.hash()).toBe(placesOf({ ...SMALL, inputs: [...kept, fork] }, [UNTIL_NS])[0]!.hash);
        engine.seek(500 * MS);
        engine.seek(UNTIL_NS);
        expect(engine.hash()).toBe(placesOf({ ...SMALL, inputs: [...kept, fork] }, [UNTIL_NS])[0]!.hash);
      }),
      { numRuns: 8, seed: 5 },
    );
  });

  test('for the other machine, with an unknown path, a value out of range or a knob of boot are refused or passed over', () => {
    const engine = boot(seekyVsRange, SMALL);
    const refusals = [
      input(1, 'vm.no_such', 1),
      input(1, 'vm.dirty_ratio', 101),
      input(1, 'machine.memory_mib', 64),
    ].map((timed) => {
      const given = engine.input(timed);
      return given.ok ? '' : describeError(given.error);
    });
    expect(refusals.map((text) => text.split(' ')[0])).toEqual(['There', 'vm.dirty_ratio', 'machine.memory_mib:']);
    const forB = boot(seekyVsRange, { ...SMALL, inputs: INPUTS.map((timed) => ({ ...timed, machine: 'B' as const })) });
    forB.advance(UNTIL_NS);
    engine.advance(UNTIL_NS);
    expect(forB.hash()).toBe(engine.hash());
  });
});

test('the trace ring after a seek back holds no event of the future', () => {
  const engine = boot(ddStream);
  engine.advance(24 * S);
  const { trace } = engine.kernel;
  expect(trace.lost).toBeGreaterThan(0);
  engine.seek(12 * S);
  let lastNs = -1;
  for (let n = trace.lost; n < trace.emitted; n++) {
    const atNs = trace.timeNs[n % trace.capacity]!;
    expect(atNs).toBeGreaterThanOrEqual(lastNs);
    expect(atNs).toBeLessThanOrEqual(engine.nowNs);
    lastNs = atNs;
  }
});
