import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { err, ok, type Result } from '../abi/errors.ts';
import { type KnobValue, knobValueFromText } from '../abi/knob.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { Engine } from '../engine/engine.ts';
import { decodeScenario } from '../formats/scenario.ts';
import { readWorkload } from '../formats/workload.ts';
import { RECORDINGS, SCENES } from '../scenarios/registry.ts';
import type { Options } from './options.ts';

/** The scenario that the command line asks for: a scene or a file, with the options laid over it. */
export function scenarioOf(options: Options): Result<Scenario> {
  const base = baseScenario(options);
  if (!base.ok) return base;
  const seed = options.seed === undefined ? ok(base.value.seed) : numberOf('--seed', options.seed, 0, 4294967295, true);
  if (!seed.ok) return seed;
  const until = options.until === undefined ? ok(base.value.untilS) : numberOf('--until', options.until, 0, 1e6, false);
  if (!until.ok) return until;
  const scenario = {
    ...base.value,
    seed: seed.value,
    untilS: until.value,
    kernels: { A: options.kernelA ?? base.value.kernels.A, B: options.kernelB ?? base.value.kernels.B },
  };
  return withSets(scenario, options.sets);
}

function baseScenario(options: Options): Result<Scenario> {
  const name = options.scene ?? options.print;
  if (name === undefined && options.workloads.length > 0) return sceneNamed('recorded');
  if (name === undefined)
    return err({
      kind: 'bad-input',
      where: 'sim',
      message: 'name a scene or a scenario file (npm run -s sim -- --list shows the scenes)',
    });
  if (!name.endsWith('.json')) return sceneNamed(name);
  const bytes = readFile(name);
  return bytes.ok ? decodeScenario(bytes.value, basename(name)) : bytes;
}

function sceneNamed(name: string): Result<Scenario> {
  const scene = SCENES.find(({ id }) => id === name);
  return scene === undefined
    ? err({ kind: 'unknown', what: 'scene', name, allowed: SCENES.map(({ id }) => id) })
    : ok(scene);
}

function numberOf(where: string, text: string, min: number, max: number, whole: boolean): Result<number> {
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value))) return ok(value);
  return err({
    kind: 'out-of-range',
    path: where,
    value: text,
    allowed: `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`,
  });
}

/** `--set [a.|b.]path=value`: the text becomes the knob's type here, its range is checked at boot. */
function withSets(scenario: Scenario, sets: readonly string[]): Result<Scenario> {
  const catalog = Engine.describe();
  const knobs: Record<string, KnobValue> = { ...scenario.knobs };
  const of: Record<MachineId, Record<string, KnobValue>> = {
    A: { ...scenario.knobsOf.A },
    B: { ...scenario.knobsOf.B },
  };
  for (const set of sets) {
    const equals = set.indexOf('=');
    if (equals < 1)
      return err({ kind: 'bad-input', where: `--set ${set}`, message: 'is not of the form [a.|b.]path=value' });
    const name = set.slice(0, equals);
    const machine = name.startsWith('a.') ? 'A' : name.startsWith('b.') ? 'B' : undefined;
    const path = machine === undefined ? name : name.slice(2);
    const knob = catalog.knobs.find((candidate) => candidate.path === path);
    if (knob === undefined)
      return err({
        kind: 'unknown',
        what: 'knob',
        name: path,
        allowed: catalog.knobs.map((candidate) => candidate.path),
      });
    const value = knobValueFromText(knob, set.slice(equals + 1));
    if (machine !== undefined) of[machine][path] = value;
    else {
      knobs[path] = value;
      delete of.A[path];
      delete of.B[path];
    }
  }
  return ok({ ...scenario, knobs, knobsOf: of });
}

/** The recording that a `recorded` scenario plays: what --workload names, else the one that ships. */
export function recordingOf(
  scenario: Pick<Scenario, 'id' | 'workload'>,
  options: Pick<Options, 'workloads'>,
): Result<Recording | undefined> {
  if (scenario.workload !== 'recorded') {
    if (options.workloads.length === 0) return ok(undefined);
    return err({
      kind: 'bad-input',
      where: '--workload',
      message: `the scene "${scenario.id}" replays nothing; use the scene "recorded"`,
    });
  }
  const shipped = new URL('../../public/', import.meta.url).pathname;
  const paths =
    options.workloads.length > 0 ? options.workloads : RECORDINGS[0]!.files.map((file) => join(shipped, file));
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const path of paths) {
    const expanded = isFolder(path)
      ? readdirSync(path)
          .sort()
          .map((name) => join(path, name))
      : [path];
    for (const file of expanded) {
      const bytes = readFile(file);
      if (!bytes.ok) return bytes;
      files.push({ name: file, bytes: bytes.value });
    }
  }
  return readWorkload(files);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function readFile(path: string): Result<Uint8Array> {
  if (!existsSync(path)) return err({ kind: 'bad-input', where: path, message: 'there is no such file' });
  try {
    return ok(readFileSync(path));
  } catch (cause) {
    return err({
      kind: 'bad-input',
      where: path,
      message: `it cannot be read (${cause instanceof Error ? cause.message : cause})`,
    });
  }
}
