import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../abi/errors.ts';
import { ACCESS, type Recording } from '../abi/recording.ts';
import type { Scenario } from '../abi/scenario.ts';
import { MS, type Ns, S } from '../abi/units.ts';
import { readWorkload } from '../formats/workload.ts';
import { ddStream } from '../scenarios/dd-stream.ts';
import { lockCycleScene } from '../scenarios/lock-cycle.ts';
import { recordedScene } from '../scenarios/recorded.ts';
import { RECORDINGS, SCENES } from '../scenarios/registry.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { besideOf, kernelAround } from './boot.ts';
import { createChecker } from './checks.ts';
import type { Sockets } from './machine/sockets.ts';
import { VM } from './machine/vmstat.ts';
import { planRun } from './run-plan.ts';
import { boot, metric, run, SMALL, type Variation, varied } from './scene-rig.ts';
import { hashState } from './sim/hash.ts';
import { below, createPrng } from './sim/prng.ts';

// Decisions 3 and 4 of design.md, E36 and I21: a run is data, however it is played.

const TICK_NS = 10 * MS;
/** Each scene from where its reclaim works: seconds; where none is said, after a second. */
const STRETCH: Readonly<Record<string, readonly [number, number]>> = {
  'seeky-vs-range': [7.5, 8.5],
  'dd-stream': [1, 2.5],
  reader: [31.5, 32.5],
  'memcg-dd': [1.2, 1.7],
  'memcg-anon': [1, 1.7],
  'memcg-busy': [0.8, 1.5],
  'memcg-build': [2, 2.7],
  'lock-cycle': [2.5, 4],
  'lock-inversion': [6, 7],
  flushforward: [12.5, 13.2],
  recorded: [5, 6.5],
  'simple-writeback': [1, 1.7],
  sysbench: [3, 3.7],
  'database-fsync': [3, 3.7],
  'mapped-stream': [3, 3.7],
  'anon-burst': [5.5, 6.2],
  'kernel-build': [2, 2.7],
};

function recordingOf(scene: Scenario): Variation {
  if (scene.workload !== 'recorded') return {};
  const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(`../../public/${name}`, import.meta.url)));
  const read = readWorkload(RECORDINGS[0]!.files.map((name) => ({ name, bytes: bytesOf(name) })));
  assert(read.ok, () => 'the shipped recording is refused');
  return { recording: read.value };
}

describe('decision 4: the same kernel on both sides gives equal hashes at every 10 ms tick', () => {
  test.each(SCENES.map((scene) => [scene.id, scene] as const))('%s', (id, scene) => {
    const [from, to] = STRETCH[id] ?? [1, 1.7];
    const same = {
      ...scene,
      kernels: { A: scene.kernels.B, B: scene.kernels.B },
      knobsOf: { A: scene.knobsOf.B, B: scene.knobsOf.B },
    };
    const a = boot(same, { machine: 'A', ...recordingOf(scene) });
    const b = boot(same, { machine: 'B', ...recordingOf(scene) });
    const hashes = new Set<string>();
    for (let atNs = from * S; atNs <= to * S; atNs += TICK_NS) {
      a.advance(atNs);
      b.advance(atNs);
      const hash = a.hash();
      expect([atNs, b.hash()]).toEqual([atNs, hash]);
      hashes.add(hash);
    }
    expect(hashes.size).toBeGreaterThanOrEqual(50); // the hash sees the machine move
  });
});

test('decision 4: another kernel, another seed and another knob give another hash', () => {
  const hashOf = (variation: Variation) => {
    const engine = boot(seekyVsRange, { ...SMALL, ...variation });
    engine.advance(3 * S);
    return engine.hash();
  };
  const hashes = [
    hashOf({}),
    hashOf({ kernel: 'rfc-v1-p5' }),
    hashOf({ seed: 2 }),
    hashOf({ knobs: { ...SMALL.knobs, 'vm.swappiness': 61 } }),
  ];
  expect(new Set(hashes).size).toBe(4);
});

const UNTIL_NS = 3 * S;
const RUNS = 6;

test.each(['v2.6.35-rc2', 'rfc-v1-p5'])('the small machine of these tests reclaims in every way: %s', (kernel) => {
  const { m } = run(seekyVsRange, UNTIL_NS / S, { ...SMALL, kernel });
  for (const name of ['direct_reclaims', 'kswapd_wakeups', 'written_by_kswapd', 'written_by_direct', 'disk_requests']) {
    expect([name, metric(m, name) > 0]).toEqual([name, true]);
  }
});

/** Hashes of a straight run at multiples of a tenth of a second. */
function straightHashes(variation: Variation): ReadonlyMap<Ns, string> {
  const engine = boot(seekyVsRange, variation);
  const hashes = new Map<Ns, string>();
  for (let atNs = 0; atNs <= UNTIL_NS; atNs += 100 * MS) {
    engine.advance(atNs);
    hashes.set(atNs, engine.hash());
  }
  return hashes;
}

describe('decision 3, I21: a run is the same however playback was sliced', () => {
  const inputs = [
    { atNs: 1100 * MS, machine: 'both', path: 'vm.dirty_writeback_centisecs', value: 5 },
    { atNs: 1500 * MS, machine: 'A', path: 'policy.pageout_unit', value: 'span' },
    { atNs: 1500 * MS, machine: 'B', path: 'policy.direct_file', value: 'yes' },
    { atNs: 1700 * MS, machine: 'both', path: 'disk.scheduler', value: 'noop' },
    { atNs: 2000 * MS, machine: 'both', path: 'vm.dirty_ratio', value: 30 },
    { atNs: 2300 * MS, machine: 'both', path: 'workload.stores_per_s', value: 1000 },
  ] as const;
  const withInputs: Variation = { ...SMALL, inputs };

  test.each([
    ['as the scene is', SMALL],
    ['with inputs', withInputs],
  ] as const)('advance in slices that end anywhere, %s', (_name, variation) => {
    const straight = straightHashes(variation);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: UNTIL_NS }), { maxLength: 60 }), (ends) => {
        const engine = boot(seekyVsRange, variation);
        for (const endNs of [...new Set([...ends, ...straight.keys()])].sort((left, right) => left - right)) {
          engine.advance(endNs);
          const hash = straight.get(endNs);
          if (hash !== undefined) expect([endNs, engine.hash()]).toEqual([endNs, hash]);
        }
      }),
      { numRuns: RUNS, seed: 7 },
    );
  });

  test('advance in slices that end in the middle of computing: dd-stream, where a task always computes', () => {
    const straight = boot(ddStream);
    straight.advance(600 * MS);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 * MS }), { minLength: 20, maxLength: 60 }), (ends) => {
        const engine = boot(ddStream);
        for (const endNs of [...new Set([...ends, 600 * MS])].sort((left, right) => left - right))
          engine.advance(endNs);
        expect(engine.hash()).toBe(straight.hash());
      }),
      { numRuns: RUNS, seed: 10 },
    );
  });

  test('advance in slices: touches of a mapped file, the benchmark’s workload', () => {
    const rows = 40000;
    const rng = createPrng(1, 1);
    const touches: Recording = {
      ...recordingOf(recordedScene).recording!,
      pos: Float64Array.from({ length: rows }, () => below(rng, 1 + below(rng, 12000)) * 4096),
      what: Uint8Array.from({ length: rows }, () => (below(rng, 10) === 0 ? ACCESS.FAULT_WRITE : ACCESS.FAULT_READ)),
    };
    const scene = {
      ...seekyVsRange,
      workload: 'touch-trace',
      knobs: { 'workload.file_pages': 12000, 'machine.memory_mib': 16 },
    };
    const straight = boot(scene, { recording: touches });
    straight.advance(20 * S);
    expect(straight.kernel.vm[VM.pgmajfault]).toBeGreaterThan(1000);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 * S }), { minLength: 50, maxLength: 200 }), (ends) => {
        const engine = boot(scene, { recording: touches });
        for (const endNs of [...new Set([...ends, 20 * S])].sort((left, right) => left - right)) engine.advance(endNs);
        expect(engine.hash()).toBe(straight.hash());
      }),
      { numRuns: RUNS, seed: 11 },
    );
  });

  test('playback interrupted by mayGoOn', () => {
    const straight = straightHashes(withInputs);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (answers) => {
        const engine = boot(seekyVsRange, withInputs);
        for (const [endNs, hash] of straight) {
          let asked = 0;
          for (let interrupted = true; interrupted; ) {
            interrupted = false;
            engine.advance(endNs, () => {
              interrupted = !answers[asked++ % answers.length]!;
              return !interrupted;
            });
          }
          expect([engine.nowNs, engine.hash()]).toEqual([endNs, hash]);
        }
      }),
      { numRuns: RUNS, seed: 8 },
    );
  });

  test('a cloned machine resumes to the same hash', () => {
    const straight = straightHashes(SMALL);
    const plan = planRun(varied(seekyVsRange, SMALL), 'A');
    assert(plan.ok, () => 'the scene is refused');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: UNTIL_NS }), (cloneNs) => {
        const engine = boot(seekyVsRange, SMALL);
        engine.advance(cloneNs);
        const clone = kernelAround(structuredClone(engine.kernel.m), besideOf(plan.value, undefined));
        const { check } = createChecker();
        clone.sched.horizonNs = UNTIL_NS;
        while (clone.sched.runOne(clone)) check(clone);
        clone.m.sim.nowNs = UNTIL_NS;
        expect(hashState(clone.m)).toBe(straight.get(UNTIL_NS));
        engine.advance(UNTIL_NS); // the original was left alone
        expect(engine.hash()).toBe(straight.get(UNTIL_NS));
      }),
      { numRuns: RUNS, seed: 9 },
    );
  });
});

/** An access as a program asks for it: when, who, where. */
interface Access {
  readonly atNs: Ns;
  readonly by: string;
  readonly what: string;
}

/** The accesses of a run, and when reclaim first wrote. */
function accessesOf(kernel: string, untilS: number): { readonly accesses: Access[]; readonly firstWriteNs: Ns } {
  const accesses: Access[] = [];
  let firstWriteNs = Infinity;
  const engine = boot(seekyVsRange, {
    kernel,
    watch: (k) => {
      if (firstWriteNs === Infinity && k.vm[VM.written_by_kswapd]! + k.vm[VM.written_by_direct]! > 0)
        firstWriteNs = k.nowNs;
    },
  });
  const { call } = engine.kernel;
  const noted =
    (name: 'sysRead' | 'sysWrite'): Sockets['sysRead'] =>
    (k, t, space, pos, length) => {
      accesses.push({ atNs: k.nowNs, by: t.name, what: `${name} ${space.id} ${pos} ${length}` });
      return call[name](k, t, space, pos, length);
    };
  Object.assign(engine.kernel, { call: { ...call, sysRead: noted('sysRead'), sysWrite: noted('sysWrite') } });
  engine.advance(untilS * S);
  return { accesses, firstWriteNs };
}

test('E36 changing only the policy keeps the sequence of accesses identical until the first divergence', () => {
  const a = accessesOf('v2.6.35-rc2', 20);
  const b = accessesOf('rfc-v1-p5', 20);
  const apart = a.accesses.findIndex((access, at) => JSON.stringify(access) !== JSON.stringify(b.accesses[at]));
  expect(apart).toBeGreaterThan(5000);
  // The policies part ways where reclaim first writes, not before.
  const divergenceNs = Math.min(a.accesses[apart]!.atNs, b.accesses[apart]!.atNs);
  expect(divergenceNs).toBeGreaterThan(Math.min(a.firstWriteNs, b.firstWriteNs));
  // Afterwards each program still asks for the same, at other times.
  for (const by of new Set(a.accesses.map((access) => access.by))) {
    const [ofA, ofB] = [a, b].map(({ accesses }) =>
      accesses.filter((access) => access.by === by).map(({ what }) => what),
    ) as [string[], string[]];
    const both = Math.min(ofA.length, ofB.length);
    expect(both).toBeGreaterThan(1000);
    expect(ofB.slice(0, both)).toEqual(ofA.slice(0, both));
  }
  console.log(
    `E36: ${apart} accesses alike up to ${divergenceNs / S} s; reclaim first writes at ${a.firstWriteNs / S} s in A, ${b.firstWriteNs / S} s in B`,
  );
});

test('lock-cycle: a run that has stopped stays where it stopped', () => {
  const engine = boot(lockCycleScene);
  engine.advance(60 * S);
  const { nowNs } = engine;
  const hash = engine.hash();
  engine.advance(61 * S);
  expect([engine.nowNs, engine.hash()]).toEqual([nowNs, hash]);
});
