import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeError } from '../abi/errors.ts';
import type { Scenario } from '../abi/scenario.ts';
import { decodeScenario, encodeScenario } from './scenario.ts';

const SCENARIO: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'dd-stream',
  title: 'dd',
  watch: 'Watch the flusher.',
  note: '',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 4294967295,
  untilS: 60,
  workload: 'dd',
  knobs: { 'vm.dirty_ratio': 20, 'disk.scheduler': 'deadline', 'vm.laptop_mode': false },
  knobsOf: { A: {}, B: { 'vm.swappiness': 0 } },
  inputs: [{ atNs: 1e9, machine: 'both', path: 'vm.dirty_ratio', value: 5 }],
};

const refusal = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const result = decodeScenario(text, 'scenario.json');
  return result.ok ? 'decoded' : describeError(result.error);
};

test('a scenario survives its file, and its file does not depend on the order of keys', () => {
  const shuffled = Object.fromEntries(Object.entries(SCENARIO).reverse()) as unknown as Scenario;
  const withRecording: Scenario = { ...SCENARIO, recording: { name: 'mine', bytes: 7, hash: '0123456789abcdef' } };
  const variants = [
    { label: 'as it is', knobs: {} },
    { label: 'other', knobs: { 'vm.swappiness': 0, 'vm.dirty_ratio': 5 }, kernel: 'rfc-v1' },
  ];
  const withVariants: Scenario = { ...SCENARIO, variants };

  expect(decodeScenario(encodeScenario(SCENARIO), 'f')).toEqual({ ok: true, value: SCENARIO });
  expect(decodeScenario(new TextEncoder().encode(encodeScenario(withRecording)), 'f')).toEqual({
    ok: true,
    value: withRecording,
  });
  expect(decodeScenario(encodeScenario(withVariants), 'f')).toEqual({ ok: true, value: withVariants });
  expect(encodeScenario(shuffled)).toBe(encodeScenario(SCENARIO));
});

test('what does not fit is refused with its path', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [
      { ...SCENARIO, knobs: { 'vm.dirty_ratio': [20] } },
      'knobs.vm.dirty_ratio: is Array, must be a number, a text, true or false',
    ],
    [
      { ...SCENARIO, knobsOf: { A: {}, B: { x: {} } } },
      'knobsOf.B.x: is Object, must be a number, a text, true or false',
    ],
    [
      { ...SCENARIO, inputs: [{ ...SCENARIO.inputs[0], machine: 'C' }] },
      'inputs.0.machine: is "C", must be "A", "B" or "both"',
    ],
    [{ ...SCENARIO, seed: 2 ** 32 }, 'seed: is 4294967296, must be at most 4294967295'],
    [{ ...SCENARIO, seed: 1.5 }, 'seed: is 1.5, must be a whole number'],
    [{ ...SCENARIO, untilS: 0 }, 'untilS: is 0, must be more than 0'],
    [{ ...SCENARIO, kernels: { A: 'x' } }, 'kernels.B: missing'],
    [{ ...SCENARIO, colour: 'red' }, 'colour: there is no such field'],
    [{ ...SCENARIO, kernels: { A: 'x', B: 'y', C: 'z' } }, 'kernels.C: there is no such field'],
    [{ ...SCENARIO, title: undefined }, 'title: missing'],
    [[], 'format: missing'],
    [7, 'is 7, must be an object'],
    [{ ...SCENARIO, knobs: [1] }, 'knobs: is Array, must be an object of knobs'],
    [{ ...SCENARIO, version: 2 }, 'a scenario of version 2; this program reads version 1'],
    [{ ...SCENARIO, format: 'other' }, 'format: is "other", must be "reclaimscope-scenario"'],
    ['', 'the file is empty'],
    ['{"format": }', 'not valid JSON at line 1, column 12'],
    ['{\n  "format": "x",\n', 'not valid JSON at line 3, column 1'],
  ];

  for (const [value, sentence] of cases) expect(refusal(value)).toContain(`scenario.json: ${sentence}`);
});

test('a binary or large file is no scenario', () => {
  expect(decodeScenario(new Uint8Array([0x7b, 0, 0x7d]), 'f').ok).toBe(false);
  expect(decodeScenario(new Uint8Array(2 ** 21).fill(32), 'f').ok).toBe(false);
});

test('junk is never an exception', () => {
  fc.assert(fc.property(fc.string(), (text) => void decodeScenario(text, 'f')));
  fc.assert(fc.property(fc.json(), (text) => !decodeScenario(text, 'f').ok));
});
