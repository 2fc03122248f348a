import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knobRefusal } from '../../abi/knob.ts';
import type { Scenario } from '../../abi/scenario.ts';
import { Engine } from '../../engine/engine.ts';
import { planRun } from '../../engine/run-plan.ts';
import { decodeScenario, encodeScenario } from '../../formats/scenario.ts';
import { randomScenario } from './generate.ts';
import { readFuzzOptions } from './options.ts';
import { type Outcome, runChecked } from './run.ts';
import { sameFailure, shrink } from './shrink.ts';

const catalog = Engine.describe();
const nothing = { kind: 'done', atS: 1 } as const;

test('every seed draws a scenario that the engine accepts and that survives its file', () => {
  const knobs = new Map(catalog.knobs.map((knob) => [knob.path, knob]));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000000000 }), (seed) => {
      const scenario = randomScenario(catalog, seed, 10);
      const plan = planRun(scenario, 'A');
      expect([plan.ok ? '' : plan.error, seed]).toEqual(['', seed]);
      for (const [path, value] of Object.entries(scenario.knobs))
        expect([path, value, knobRefusal(knobs.get(path)!, value)]).toEqual([path, value, undefined]);
      expect(decodeScenario(encodeScenario(scenario), 'x')).toEqual({ ok: true, value: scenario });
      expect(randomScenario(catalog, seed, 10)).toEqual(scenario);
    }),
    { numRuns: 300, seed: 3 },
  );
});

test('a thousand seeds draw every kernel, every workload and every knob, at both ends', () => {
  const scenarios = Array.from({ length: 1000 }, (_, seed) => randomScenario(catalog, seed, 10));
  expect(new Set(scenarios.map(({ kernels }) => kernels.A)).size).toBe(catalog.kernels.length);
  expect(new Set(scenarios.map(({ workload }) => workload)).size).toBe(catalog.workloads.length - 1); // not touch-trace
  const turned = new Set(scenarios.flatMap(({ knobs }) => Object.keys(knobs)));
  const missing = catalog.knobs.filter(({ path }) => !turned.has(path) && path !== 'workload.file_pages');
  expect(missing.map(({ path }) => path)).toEqual([]);
  const ratios = scenarios.flatMap(({ knobs }) => knobs['vm.dirty_ratio'] ?? []);
  expect(ratios).toContain(0);
  expect(ratios).toContain(100);
});

// A slice of `npm run fuzz`: small machines, three seconds each, all invariants on, and a bound on what each may cost.
test.each(Array.from({ length: 10 }, (_, at) => 1000 + at))('random scenario %i holds all invariants', (seed) => {
  const scenario = randomScenario(catalog, seed, 3);
  const small = { ...scenario, knobs: { ...scenario.knobs, 'machine.memory_mib': 16 } };
  let asked = 0;
  const bounds = { events: 60000, isOver: () => ++asked > 400 };
  const outcome = small.workload === 'recorded' ? nothing : runChecked(small, undefined, bounds);
  expect(outcome.kind === 'broken' ? `${outcome.message} (${encodeScenario(small)})` : '').toBe('');
});

describe('shrinking', () => {
  const failing: Scenario = {
    ...randomScenario(catalog, 1, 10),
    knobs: { 'vm.swappiness': 0, 'vm.laptop_mode': true, 'disk.scheduler': 'noop' },
    inputs: [{ atNs: 1, machine: 'both', path: 'vm.dirty_ratio', value: 7 }],
  };
  /** Breaks at 2 s, if laptop mode is on. */
  const run = (scenario: Scenario): Outcome =>
    scenario.knobs['vm.laptop_mode'] === true && scenario.untilS >= 2
      ? { kind: 'broken', atS: 2, message: `pfn ${Object.keys(scenario.knobs).length} is lost` }
      : { kind: 'done', atS: scenario.untilS };

  test('keeps what the failure needs and nothing else', () => {
    const small = shrink(failing, run(failing), run);
    expect(small.knobs).toEqual({ 'vm.laptop_mode': true });
    expect(small.inputs).toEqual([]);
    expect(small.untilS).toBeCloseTo(2.001);
  });

  test('failures that differ in numbers only are the same', () => {
    const broken = (message: string): Outcome => ({ kind: 'broken', atS: 1, message });
    expect(sameFailure(broken('pfn 7 is lost'), broken('pfn 12 is lost'))).toBe(true);
    expect(sameFailure(broken('pfn 7 is lost'), broken('pfn 7 is found'))).toBe(false);
    expect(sameFailure(broken('x'), nothing)).toBe(false);
  });
});

test('options: defaults, and one sentence for what does not fit', () => {
  expect(readFuzzOptions([])).toEqual({
    ok: true,
    value: { count: 1000, seed: 1, seconds: 10, out: undefined, help: false },
  });
  for (const args of [['--count', '0'], ['--count', '1.5'], ['--seed'], ['--seconds', 'x'], ['--what', '1']])
    expect([args, readFuzzOptions(args).ok]).toEqual([args, false]);
});
