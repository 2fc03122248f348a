import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assert } from '../abi/errors.ts';
import { GOLDEN, type Golden } from '../abi/golden.ts';
import type { Scenario } from '../abi/scenario.ts';
import { readWorkload } from '../formats/workload.ts';
import { RECORDINGS, SCENES } from '../scenarios/registry.ts';
import { run, type Variation } from './scene-rig.ts';

/** How far each scene runs: to where its two kernels have parted. */
const UNTIL_S: Readonly<Record<string, number>> = {
  'seeky-vs-range': 10,
  'dd-stream': 5,
  reader: 33,
  'memcg-dd': 3,
  'lock-cycle': 5,
  'lock-inversion': 10,
  flushforward: 14,
  recorded: 10,
  'simple-writeback': 3,
  sysbench: 20,
  'database-fsync': 20,
  'mapped-stream': 6,
  'anon-burst': 8,
  'kernel-build': 4,
  'refusing-filesystem': 16,
  'stack-splice': 14,
  'huge-pages': 22,
};
const GOLDEN_FILE = new URL('../abi/golden.ts', import.meta.url);

function recordingOf(scene: Scenario): Variation {
  if (scene.workload !== 'recorded') return {};
  const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(`../../public/${name}`, import.meta.url)));
  const read = readWorkload(RECORDINGS[0]!.files.map((name) => ({ name, bytes: bytesOf(name) })));
  assert(read.ok, () => 'the shipped recording is refused');
  return { recording: read.value };
}

function hashesOf(scene: Scenario): Golden {
  const untilS = UNTIL_S[scene.id] ?? 5;
  const hashOf = (machine: 'A' | 'B') => run(scene, untilS, { machine, ...recordingOf(scene) }).engine.hash();
  return { untilS, A: hashOf('A'), B: hashOf('B') };
}

const isRenewal = process.env.RENEW_GOLDEN !== undefined;

test.runIf(isRenewal)('renew the golden hashes', () => {
  const rows = SCENES.map((scene) => {
    const { untilS, A, B } = hashesOf(scene);
    return `  '${scene.id}': { untilS: ${untilS}, A: '${A}', B: '${B}' },\n`;
  });
  const text = readFileSync(GOLDEN_FILE, 'utf8');
  writeFileSync(GOLDEN_FILE, `${text.slice(0, text.indexOf('> = {'))}> = {\n${rows.join('')}};\n`);
});

test.skipIf(isRenewal).each(SCENES.map((scene) => [scene.id, scene] as const))('golden hashes of %s', (id, scene) => {
  expect(hashesOf(scene)).toEqual(GOLDEN[id]);
});

test.skipIf(isRenewal)('every golden hash is a scene’s', () => {
  expect(Object.keys(GOLDEN).sort()).toEqual(SCENES.map(({ id }) => id).sort());
});
