import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SAMPLE_NS } from '../abi/frame.ts';
import { METRIC_INDEX } from '../abi/metrics.ts';
import type { TimedInput } from '../abi/scenario.ts';
import { MS, S } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { stackSplice } from '../scenarios/stack-splice.ts';
import { Engine } from './engine.ts';
import { boot, placeOf, SMALL } from './scene-rig.ts';

const UNTIL_NS = 2 * S;
const turn = (atMs: number, value: number, machine: TimedInput['machine'] = 'both'): TimedInput => ({
  atNs: atMs * MS,
  machine,
  path: 'vm.dirty_writeback_centisecs',
  value,
});

test('a turned knob that is undone leaves no trace: the state at any time is what it was', () => {
  const before = [turn(600, 20), turn(1500, 5)];
  const straight = boot(seekyVsRange, { ...SMALL, inputs: before });
  straight.advance(UNTIL_NS);
  const end = placeOf(straight);
  // 750 ms is the time of a checkpoint, 600 ms that of another knob.
  const times = fc.oneof(fc.constantFrom(0, 600, 750, 1500), fc.integer({ min: 1, max: 1999 }));
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 2000 }), (forkMs, onMs) => {
      const engine = boot(seekyVsRange, { ...SMALL, inputs: before });
      engine.advance(UNTIL_NS);
      engine.input(turn(forkMs, 50));
      engine.advance(engine.nowNs + onMs * MS);
      engine.replaceInputs(before, forkMs * MS);
      expect(engine.nowNs).toBe(forkMs * MS);
      engine.advance(UNTIL_NS);
      expect(placeOf(engine)).toEqual(end);
      engine.seek(300 * MS);
      engine.seek(UNTIL_NS);
      expect(placeOf(engine)).toEqual(end);
    }),
    { numRuns: 4, seed: 6 },
  );
});

test('a knob turned for one machine only is not turned for the other, which forgets the same future', () => {
  const a = boot(seekyVsRange, { ...SMALL, machine: 'A' });
  const untouched = boot(seekyVsRange, { ...SMALL, machine: 'A' });
  untouched.advance(UNTIL_NS);
  a.advance(UNTIL_NS);
  a.takeAdvance();
  a.input(turn(1000, 5, 'B'));
  expect(a.nowNs).toBe(S);
  a.advance(UNTIL_NS);
  expect(a.hash()).toBe(untouched.hash());
  // What was forgotten is handed over again.
  expect([...a.takeAdvance().samples.timeNs]).toEqual(Array.from({ length: 20 }, (_, i) => S + (i + 1) * SAMPLE_NS));
});

test('samples count the stacks that overflowed', () => {
  const engine = Engine.boot(stackSplice, 'A');
  if (!engine.ok) throw new Error('refused');
  engine.value.advance(30 * S);
  const { samples, frame } = engine.value.takeAdvance();
  const counted = samples.overflows.reduce((sum, one) => sum + one, 0);
  expect(counted).toBe(frame.metrics[METRIC_INDEX.stack_overflows]);
  expect(counted).toBeGreaterThan(0);
});

test('samples say who was at work: as the metrics count it, whichever way they were come by', () => {
  const run = (seeks: readonly number[]) => {
    const engine = boot(seekyVsRange, SMALL);
    for (const to of seeks) engine.seek(to * MS);
    engine.advance(UNTIL_NS);
    return engine.takeAdvance();
  };
  const { samples, frame } = run([]);
  const sum = (actor: number) =>
    samples.timeNs.reduce((total, _, row) => total + samples.acted[row * 4 + actor]! * SAMPLE_NS, 0);
  const awakeNs = sum(0);
  expect(awakeNs / 1e9).toBeCloseTo(frame.metrics[METRIC_INDEX.kswapd_awake_s]!, 2);
  expect(awakeNs).toBeGreaterThan(0);
  const seen = (way: typeof samples) => [...way.acted].map((share, at) => [way.timeNs[at >> 2], share]);
  expect(seen(run([1700, 300, 900]).samples)).toEqual(seen(samples));
});
