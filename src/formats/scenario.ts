import * as v from 'valibot';
import { err, ok, type Result } from '../abi/errors.ts';
import type { Scenario } from '../abi/scenario.ts';
import type { Bytes } from '../abi/units.ts';
import { firstMisfit, parseJson, textOf } from './shared/json-text.ts';
import { inOrder, scenarioSchema } from './shared/scenario-schema.ts';

/** A scenario is a page of text; what is larger is something else. */
const FILE_LIMIT_BYTES: Bytes = 1 << 20;
const FORMAT = 'reclaimscope-scenario';
const VERSION = 1;

/**
 * A scenario file. Refused with one sentence that names the field: broken JSON (with its place), another version,
 * a field of the wrong shape, missing or unknown. `name` is the file's, for the sentence.
 */
export function decodeScenario(bytes: Uint8Array | string, name: string): Result<Scenario> {
  const refuse = (message: string): Result<never> => err({ kind: 'bad-input', where: name, message });
  if (bytes.length === 0) return refuse('the file is empty');
  if (bytes.length > FILE_LIMIT_BYTES) return refuse('larger than 1 MiB, so no scenario');
  const text = typeof bytes === 'string' ? bytes : textOf(bytes);
  if (text === undefined) return refuse('a binary file, where the JSON of a scenario is needed');
  const json = parseJson(text, name);
  if (!json.ok) return json;
  const stamp = v.safeParse(v.looseObject({ format: v.literal(FORMAT), version: v.number() }), json.value);
  if (stamp.success && stamp.output.version !== VERSION) {
    return refuse(`a scenario of version ${stamp.output.version}; this program reads version ${VERSION}`);
  }
  const parsed = v.safeParse(scenarioSchema, json.value, { abortEarly: true });
  return parsed.success ? ok(parsed.output) : refuse(firstMisfit(parsed.issues));
}

/** The file of a scenario: fields in the order of the type, knobs by name, so that equal scenarios are equal files. */
export function encodeScenario(scenario: Scenario): string {
  return `${JSON.stringify(inOrder(scenario), null, 2)}\n`;
}

/** 1 for JSON that names the format, near 0 for other JSON. */
export function sniffScenario(head: Uint8Array): number {
  const text = textOf(head);
  if (text === undefined || !/^\s*\{/.test(text)) return 0;
  return text.includes(`"${FORMAT}"`) ? 1 : 0.1;
}
