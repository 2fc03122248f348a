import { describe, expect, test } from 'vitest';
import { memcgDdScene } from '../scenarios/memcg-dd.ts';
import { SCENES } from '../scenarios/registry.ts';
import { metric, placeOf, run } from './scene-rig.ts';

// Every scene runs under the kernels before and after the series, with the invariants on. `recorded` needs its recording.
const SHOWN = SCENES.filter(({ workload }) => workload !== 'recorded');
/** Scenes that do as much in a tenth of a second as the others in one. */
const BUSY = /^(memcg-dd|memcg-build|lock-|simple-writeback|kernel-build|memcg-anon)/;

describe.each(['v2.6.34', 'v3.2', 'v3.6-memcg', 'v6.1'])('%s', (kernel) => {
  test.each(SHOWN.map((scene) => [scene.id, scene] as const))('§0.3 §9 keeps every invariant in "%s"', (id, scene) => {
    const untilS = BUSY.test(id) ? 0.1 : 1;
    const { engine } = run(scene, untilS, { kernel });
    expect(engine.nowNs).toBe(untilS * 1e9);
  });

  test('I21 §9 the same run twice has the same hash, its twin with another seed has not', () => {
    const hash = (seed: number) => placeOf(run(SHOWN[0]!, 0.8, { kernel, seed }).engine).hash;
    expect(hash(7)).toBe(hash(7));
    expect(hash(8)).not.toBe(hash(7));
  });
});

test('§9.2 E27 why 3.6 waits: dd in a small group is OOM killed in 3.2, in 3.6 and 6.1 it waits for its own pages', () => {
  // A dd has no chance in it: limits stand for seeds.
  for (const limit of [6, 10, 12]) {
    const kills = ['v3.2', 'v3.6-memcg', 'v6.1'].map((kernel) => {
      const { m } = run(memcgDdScene, 1.4, { kernel, knobs: { 'workload.limit_mib': limit } });
      expect(metric(m, 'memcg_write_file')).toBe(0);
      return metric(m, 'memcg_oom_kills');
    });
    expect(kills).toEqual([1, 0, 0]);
  }
});

test('§9.2 a count of tagged pages is there where reclaim tags, and only there', () => {
  const tagged = (kernel: string) =>
    run(memcgDdScene, 1.4, { kernel, knobs: { 'workload.limit_mib': 6 } }).m.nr_vmscan_immediate_reclaim;
  expect(tagged('v3.2')).toBeGreaterThan(0);
  expect(tagged('rfc-v6')).toBeUndefined();
});
