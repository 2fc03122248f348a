import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { assert, describeError } from '../abi/errors.ts';
import { ACCESS, type Recording } from '../abi/recording.ts';
import { PAGES_PER_MIB, S } from '../abi/units.ts';
import { readWorkload } from '../formats/workload.ts';
import { recordedScene } from '../scenarios/recorded.ts';
import { RECORDINGS } from '../scenarios/registry.ts';
import type { Engine } from './engine.ts';
import type { Sockets } from './machine/sockets.ts';
import { TASK } from './machine/task.ts';
import { namedMetrics } from './metrics.ts';
import { boot, metric } from './scene-rig.ts';
import { DEAD } from './sim/kthread.ts';

// The scene "recorded": a workload of a real program runs to its end on a machine that cannot hold its pages.

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
/** The full recordings lie beside the repository where there are any. */
const FULL = `${REPOSITORY}../shared/traces/`;
const FOLDERS = ['workload-fio-mix', 'workload-mmapdd', 'workload-sort', 'workload-sqlite-wal'];

function load(paths: readonly string[]): Recording {
  const read = readWorkload(paths.map((path) => ({ name: path, bytes: new Uint8Array(readFileSync(path)) })));
  assert(read.ok, () => (read.ok ? '' : describeError(read.error)));
  return read.value;
}
const isPart = (name: string): boolean => /^(trace|trace-rw|files)\.txt(\.gz)?$/.test(name);
const folder = (name: string) =>
  readdirSync(`${FULL}${name}`)
    .filter(isPart)
    .map((file) => `${FULL}${name}/${file}`);

/** The pages that the recording's accesses touch: each (file, page) once. */
function pageSet({ what, file, pos, length }: Recording): number {
  const pages = new Set<number>();
  for (let row = 0; row < what.length; row++) {
    if (what[row]! > ACCESS.FAULT_WRITE) continue;
    const last = Math.floor((pos[row]! + Math.max(1, length[row]!) - 1) / 4096);
    for (let index = Math.floor(pos[row]! / 4096); index <= last; index++) pages.add(file[row]! * 2 ** 32 + index);
  }
  return pages.size;
}

/** Counts the calls of the replayer by what they are; each row of the recording must become exactly one. */
function countCalls(engine: Engine): Record<string, number> {
  const made: Record<string, number> = {};
  const { call } = engine.kernel;
  const counted = <Name extends 'sysRead' | 'sysWrite' | 'touchMapped' | 'syncInode' | 'truncatePages'>(
    name: Name,
  ): Pick<Sockets, Name> => {
    const original = call[name] as (...args: readonly unknown[]) => number;
    const wrapped = (...args: readonly unknown[]) => {
      made[name] = (made[name] ?? 0) + 1;
      return original(...args);
    };
    return { [name]: wrapped } as unknown as Pick<Sockets, Name>;
  };
  const wrapped = {
    ...counted('sysRead'),
    ...counted('sysWrite'),
    ...counted('touchMapped'),
    ...counted('syncInode'),
    ...counted('truncatePages'),
  };
  Object.assign(engine.kernel, { call: { ...call, ...wrapped } });
  return made;
}

function callsOf({ what }: Recording): Record<string, number> {
  const names = ['sysRead', 'sysWrite', 'touchMapped', 'touchMapped', 'syncInode', 'truncatePages', 'truncatePages'];
  const calls: Record<string, number> = {};
  for (const one of what) calls[names[one]!] = (calls[names[one]!] ?? 0) + 1;
  return calls;
}

function playToTheEnd(recording: Recording, machine: 'A' | 'B', memoryMib: number, untilS: number): void {
  const engine = boot(recordedScene, { recording, machine, knobs: { 'machine.memory_mib': memoryMib } });
  const set = pageSet(recording);
  expect(set).toBeGreaterThan(memoryMib * PAGES_PER_MIB);
  const made = countCalls(engine);
  const programs = engine.kernel.m.sim.threads.filter(({ kind }) => kind === TASK);
  const areDead = () => programs.every(({ state }) => state === DEAD);
  while (!areDead() && engine.stopped === undefined && engine.nowNs < untilS * S) engine.advance(engine.nowNs + S);
  const m = namedMetrics(engine.kernel);
  console.log(
    `${recording.name} ${machine}: ${recording.what.length} accesses by ${programs.length} tasks over ${set} pages on ${memoryMib * PAGES_PER_MIB}; over at ${engine.nowNs / S} s (recorded ${(recording.timeNs.at(-1)! / S).toFixed(1)} s); reclaimed ${metric(m, 'kswapd_pages_reclaimed') + metric(m, 'direct_pages_reclaimed')}, written ${m.pages_written}, OOM ${m.oom_kills}`,
  );
  expect(engine.stopped).toBeUndefined();
  expect(areDead()).toBe(true);
  expect(m.oom_kills).toBe(0);
  expect(made).toEqual(callsOf(recording));
  expect(metric(m, 'kswapd_pages_reclaimed')).toBeGreaterThan(0);
}

describe('the shipped recording runs to its end on a machine smaller than its page set, each access made once', () => {
  const shipped = load(RECORDINGS[0]!.files.map((file) => `${REPOSITORY}public/${file}`));
  test.each(['A', 'B'] as const)('machine %s', (machine) => {
    playToTheEnd(shipped, machine, 24, 120);
  });
});

describe('the full recordings run to their end on machines smaller than their page sets, each access made once', () => {
  test.for(FOLDERS)('%s', (name, { skip }) => {
    if (!existsSync(`${FULL}${name}`))
      skip(`there is no ${FULL}${name}: the full recordings are not part of the repository`);
    const recording = load(folder(name));
    const memoryMib = Math.max(8, Math.floor((pageSet(recording) * 0.6) / PAGES_PER_MIB));
    playToTheEnd(recording, 'A', memoryMib, 600);
  });
});
