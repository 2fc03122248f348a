import { zlibSync } from 'fflate';
import * as v from 'valibot';
import { err, ok, type Result } from '../abi/errors.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import type { Bytes, Ns } from '../abi/units.ts';
import { LEAVABLE, linkSchema } from './link/schema.ts';
import { decodeBase64Url, encodeBase64Url } from './shared/base64url.ts';
import { fnv1a64 } from './shared/fnv.ts';
import { inflateRaw } from './shared/gzip.ts';
import { firstMisfit, parseJson } from './shared/json-text.ts';
import { inOrder, scenarioSchema } from './shared/scenario-schema.ts';

/** A place in a run of one machine. */
export interface Place {
  readonly atNs: Ns;
  readonly eventsDone: number;
}

/** What a link restores. Kernels, seed, timed inputs and the recording's name are the scenario's. */
export interface LinkState {
  /** The rules it was made with: under others the scenario is the same, what happens in it perhaps not. */
  readonly model: string;
  readonly scenario: Scenario;
  readonly place: Readonly<Record<MachineId, Place>>;
  /** Virtual seconds per second. */
  readonly speed: number;
  readonly playing: boolean;
  readonly selected: MachineId;
  /** Open: whatever small things the screen wants to find again. */
  readonly layout: Readonly<Record<string, string | number>>;
}

const VERSION = 'v1';
const JSON_LIMIT_BYTES: Bytes = 1 << 20;
/** Browsers and mail programs cut far earlier. */
const FRAGMENT_LIMIT_CHARS = 200_000;
const ZLIB_HEADER = 0x78;

/** `#v1.` and the state as base64url of zlib-deflated JSON. The same state gives the same link. */
export function encodeLink(state: LinkState, builtIns: readonly Scenario[]): string {
  const { model, place, speed, playing, selected } = state;
  const layout = Object.fromEntries(Object.entries(state.layout).sort(([a], [b]) => (a < b ? -1 : 1)));
  const scenario = asChanges(inOrder(state.scenario), builtIns);
  const places = { A: placeOf(place.A), B: placeOf(place.B) };
  const json = JSON.stringify({ model, scenario, place: places, speed, playing, selected, layout });
  return `#${VERSION}.${encodeBase64Url(zlibSync(new TextEncoder().encode(json), { level: 9 }))}`;
}

/** The state of a fragment, with or without its "#". Junk of any kind is one sentence, never an exception. */
export function decodeLink(fragment: string, builtIns: readonly Scenario[]): Result<LinkState> {
  const bare = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  const version = /^(v\d{1,6})\./.exec(bare)?.[1];
  if (version === undefined) return refuse('not a link of this program');
  if (version !== VERSION) return refuse(`made in format ${version}; this program reads ${VERSION}`);
  if (bare.length > FRAGMENT_LIMIT_CHARS) return refuse('too long');
  const packed = decodeBase64Url(bare.slice(VERSION.length + 1));
  const json = packed === undefined ? refuse('cut off or damaged') : inflateLink(packed);
  if (!json.ok) return json;
  const parsed = parseJson(new TextDecoder().decode(json.value), 'link');
  if (!parsed.ok) return parsed;
  const link = v.safeParse(linkSchema, parsed.value, { abortEarly: true });
  if (!link.success) return refuse(firstMisfit(link.issues));
  const scenario = fromChanges(link.output.scenario, builtIns);
  return scenario.ok ? ok({ ...link.output, scenario: scenario.value }) : scenario;
}

const refuse = (message: string): Result<never> => err({ kind: 'bad-input', where: 'link', message });
const placeOf = ({ atNs, eventsDone }: Place): Place => ({ atNs, eventsDone });

/** RFC 1950: two bytes of header, deflate, Adler-32. The checksum is what tells a mistyped link from a good one. */
function inflateLink(packed: Uint8Array): Result<Uint8Array> {
  if (packed.length < 7 || packed[0] !== ZLIB_HEADER) return refuse('cut off or damaged');
  const inflated = inflateRaw(packed.subarray(2, -4), JSON_LIMIT_BYTES);
  if (inflated.state === 'too-big') return refuse('unpacks to more than 1 MiB');
  if (inflated.state === 'cut') return refuse('cut off or damaged');
  const checksum = new DataView(packed.buffer, packed.byteOffset + packed.length - 4, 4).getUint32(0);
  return checksum === adler32(inflated.bytes) ? ok(inflated.bytes) : refuse('cut off or damaged');
}

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}

type LinkedScenario = v.InferOutput<typeof linkSchema>['scenario'];

/** A scenario that stems from a built-in one travels as its id and the fields that differ. */
function asChanges(scenario: Scenario, builtIns: readonly Scenario[]): LinkedScenario {
  const base = builtIns.find((builtIn) => builtIn.id === scenario.id);
  if (base === undefined) return v.parse(scenarioSchema, scenario);
  const baseFields = inOrder(base);
  const differs = (key: string): boolean =>
    JSON.stringify(scenario[key as keyof Scenario]) !== JSON.stringify(baseFields[key as keyof Scenario]);
  const changes = Object.fromEntries(Object.entries(scenario).filter(([key]) => differs(key)));
  const without = LEAVABLE.filter((key) => base[key] !== undefined && scenario[key] === undefined);
  return v.parse(linkSchema.entries.scenario, { base: base.id, baseHash: runHash(base), changes, without });
}

function fromChanges(linked: LinkedScenario, builtIns: readonly Scenario[]): Result<Scenario> {
  if (!('base' in linked)) return ok(linked);
  const known = builtIns.filter((builtIn) => builtIn.id === linked.base);
  if (known.length === 0) {
    return err({ kind: 'unknown', what: 'scene', name: linked.base, allowed: builtIns.map((scene) => scene.id) });
  }
  const base = known.find((scene) => runHash(scene) === linked.baseHash);
  if (base === undefined) return refuse(`the scene ${linked.base} has changed since the link was made`);
  const changed = Object.entries({ ...inOrder(base), ...linked.changes });
  const left = changed.filter(([key]) => !linked.without.some((one) => one === key));
  const scenario = v.safeParse(scenarioSchema, Object.fromEntries(left));
  return scenario.success ? ok(scenario.output) : refuse(firstMisfit(scenario.issues));
}

/** Names what a built-in scene runs; its words may be mended without breaking links. */
function runHash(scenario: Scenario): string {
  const run = { ...inOrder(scenario), title: '', watch: '', note: '' };
  return fnv1a64(new TextEncoder().encode(JSON.stringify(run)));
}
