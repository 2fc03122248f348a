import * as v from 'valibot';
import type { KnobValues } from '../../abi/knob.ts';
import type { RecordingRef, Scenario, ScenarioVariant } from '../../abi/scenario.ts';

/** Shape only: whether a knob exists and a value is in its range is for the engine to say. Messages follow "must be". */
const WHOLE = 'a whole number';
export const text = v.string('text');
export const amount = v.pipe(v.number('a number'), v.finite('a finite number'), v.minValue(0, '0 or more'));
export const count = v.pipe(amount, v.safeInteger(WHOLE));
const seconds = v.pipe(v.number('a number of seconds'), v.finite('a finite number'), v.gtValue(0, 'more than 0'));
export const id = v.pipe(text, v.regex(/^[\w.-]{1,64}$/, 'a name of letters, digits, "-", "." and "_"'));
const seed = v.pipe(count, v.maxValue(2 ** 32 - 1, 'at most 4294967295'));
export const hash = v.pipe(text, v.regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits'));

const knobValue = v.union([v.pipe(v.number(), v.finite()), v.string(), v.boolean()], 'a number, a text, true or false');
/** The library takes a list for an object with numbers as keys. */
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const knobs = v.pipe(
  v.custom<Record<string, unknown>>(isObject, 'an object of knobs'),
  v.record(v.string(), knobValue, 'an object of knobs'),
);
const timedInput = v.strictObject(
  { atNs: count, machine: v.picklist(['A', 'B', 'both'], '"A", "B" or "both"'), path: text, value: knobValue },
  'an object with atNs, machine, path and value',
);

const recordingRef = v.strictObject({ name: text, bytes: count, hash }, 'an object with name, bytes and hash');

const variant = v.strictObject(
  { label: text, knobs, kernel: v.exactOptional(id) },
  'an object with label, knobs and perhaps kernel',
);

const scenarioFields = {
  format: v.literal('reclaimscope-scenario', '"reclaimscope-scenario"'),
  version: v.literal(1, '1'),
  id,
  title: text,
  watch: text,
  note: text,
  kernels: v.strictObject({ A: id, B: id }, 'an object with A and B'),
  seed,
  untilS: seconds,
  openAtS: v.exactOptional(seconds),
  workload: id,
  knobs,
  knobsOf: v.strictObject({ A: knobs, B: knobs }, 'an object with A and B'),
  inputs: v.array(timedInput, 'a list'),
  recording: v.exactOptional(recordingRef),
  traces: v.exactOptional(
    v.strictObject({ A: v.exactOptional(recordingRef), B: v.exactOptional(recordingRef) }, 'an object with A or B'),
  ),
  variants: v.exactOptional(v.array(variant, 'a list')),
} satisfies Record<keyof Scenario, unknown>;

export const scenarioSchema = v.strictObject(scenarioFields, 'an object');

/** The same scenario with its keys in the one fixed order. */
export function inOrder(scenario: Scenario): Scenario {
  const { format, version, id, title, watch, note, kernels, seed, untilS, workload, knobs, knobsOf, inputs } = scenario;
  const recording = scenario.recording;
  return {
    format,
    version,
    id,
    title,
    watch,
    note,
    kernels: { A: kernels.A, B: kernels.B },
    seed,
    untilS,
    ...(scenario.openAtS === undefined ? {} : { openAtS: scenario.openAtS }),
    workload,
    knobs: byName(knobs),
    knobsOf: { A: byName(knobsOf.A), B: byName(knobsOf.B) },
    inputs: inputs.map(({ atNs, machine, path, value }) => ({ atNs, machine, path, value })),
    ...(recording ? { recording: refInOrder(recording) } : {}),
    ...(scenario.traces === undefined ? {} : { traces: tracesInOrder(scenario.traces) }),
    ...(scenario.variants === undefined ? {} : { variants: scenario.variants.map(variantInOrder) }),
  };
}

const refInOrder = ({ name, bytes, hash }: RecordingRef): RecordingRef => ({ name, bytes, hash });

function tracesInOrder({ A, B }: NonNullable<Scenario['traces']>): NonNullable<Scenario['traces']> {
  return { ...(A ? { A: refInOrder(A) } : {}), ...(B ? { B: refInOrder(B) } : {}) };
}

function variantInOrder({ label, knobs, kernel }: ScenarioVariant): ScenarioVariant {
  return { label, knobs: byName(knobs), ...(kernel === undefined ? {} : { kernel }) };
}

/** By code unit, not by locale: the same order everywhere. */
function byName(knobs: KnobValues): KnobValues {
  return Object.fromEntries(Object.entries(knobs).sort(([a], [b]) => (a < b ? -1 : 1)));
}
