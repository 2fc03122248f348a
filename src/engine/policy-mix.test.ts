import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Knob, KnobValue } from '../abi/knob.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { KERNELS } from './kernels/registry.ts';
import { POLICY_KNOBS } from './knobs/policy.ts';
import { run, SMALL } from './scene-rig.ts';

// Answers are independent: any mix over any kernel is a machine that keeps its invariants.

const values = (knob: Knob): fc.Arbitrary<KnobValue> => {
  if (knob.kind === 'choice') return fc.constantFrom(...knob.options.map(({ id }) => id));
  return knob.kind === 'number' ? fc.integer({ min: knob.min, max: knob.max }) : fc.boolean();
};
const TURNED: Readonly<Record<string, fc.Arbitrary<KnobValue>>> = {
  ...Object.fromEntries(POLICY_KNOBS.map((knob) => [knob.path, values(knob)])),
  'kernel.historical_bugs': fc.boolean(),
  'vm.laptop_mode': fc.boolean(),
  'machine.swap_mib': fc.constantFrom(0, 16),
};
const MIX = fc.record(TURNED, { requiredKeys: [] });

test('any mix of policy answers over any kernel keeps the invariants', () => {
  let reclaimed = 0;
  fc.assert(
    fc.property(fc.constantFrom(...KERNELS.map(({ id }) => id)), MIX, (kernel, mix) => {
      const { m } = run(seekyVsRange, 1, { ...SMALL, kernel, knobs: { ...SMALL.knobs, ...mix } });
      reclaimed += m.kswapd_pages_scanned! + m.direct_pages_scanned!;
    }),
    { numRuns: 15, seed: 20100608 },
  );

  expect(reclaimed).toBeGreaterThan(15 * 300);
});

test.each(KERNELS.map(({ id }) => id))('I19 %s keeps its invariants as it is', (kernel) => {
  const { m } = run(seekyVsRange, 1.2, { ...SMALL, kernel });

  expect(m.kswapd_pages_scanned).toBeGreaterThan(300);
});
