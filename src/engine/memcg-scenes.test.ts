import { describe, expect, test } from 'vitest';
import { assert } from '../abi/errors.ts';
import type { KnobValues } from '../abi/knob.ts';
import { TRACE_ID } from '../abi/tracepoints.ts';
import { S } from '../abi/units.ts';
import { memcgAnonScene } from '../scenarios/memcg-anon.ts';
import { memcgDdScene } from '../scenarios/memcg-dd.ts';
import { Engine } from './engine.ts';
import { namedMetrics } from './metrics.ts';
import { boot, metric, run, varied } from './scene-rig.ts';

// Kamezawa's question on the shipped scenes, in the words of model.md §10.2, with the invariants on.

/** The scene at a quarter of its size: 3 MiB of 64. */
const QUARTER: KnobValues = { 'machine.memory_mib': 64, 'workload.limit_mib': 3, 'workload.blocks_per_s': 1536 };

/** Without the invariants: they are on in the other tests. */
function bare(untilS: number, kernel: string, knobs: KnobValues): Record<string, number> {
  const engine = Engine.boot(varied(memcgDdScene, { kernel, knobs }), 'A', undefined, false);
  assert(engine.ok, () => 'the scene does not boot');
  engine.value.advance(untilS * S);
  return namedMetrics(engine.value.kernel);
}

const CLEANERS: readonly (readonly [string, KnobValues])[] = [
  ['none', {}],
  ['itself', {}],
  ['flusher', {}],
  ['dirty-ratio', {}],
  ['io-cgroup', {}],
  ['kswapd', { 'memcg.low_wmark_distance': 1, 'memcg.high_wmark_distance': 1.25 }],
];

describe('E27 E29 memcg-dd over patch 6 with every cleaner: the group goes on at its limit, nobody is killed, no kswapd wakes', () => {
  test.each(CLEANERS)('%s', (cleaner, more) => {
    const { m, engine } = run(memcgDdScene, 6, {
      kernel: 'rfc-v1',
      knobs: { ...QUARTER, 'policy.memcg_cleaner': cleaner, ...more },
    });
    const small = engine.kernel.m.memcgs[1]!;
    console.log(
      `E27 ${cleaner}: ${Math.round(metric(m, 'memcg.small.touched_per_s'))} accesses/s, stall ${metric(m, 'memcg.small.stall_s').toFixed(2)} s, mean usage ${Math.round(metric(m, 'memcg.small.usage_pages_mean'))} of ${small.limitPages}, written by memcg ${m.written_by_memcg}, flusher ${m.written_by_flusher}, kswapd ${m.written_by_kswapd}`,
    );
    expect(m.memcg_oom_kills).toBe(0);
    expect(metric(m, 'memcg.small.usage_pages_mean')).toBeGreaterThan(0.6 * small.limitPages);
    expect(metric(m, 'memcg.small.touched_per_s')).toBeGreaterThan(750);
    expect(metric(m, 'written_by_memcg') > 0).toBe(cleaner === 'itself');
    expect(m.kswapd_wake_requests).toBe(0);
  });
});

test('E27 E29 the base kernel writes single pages of the group; global free memory is not touched', () => {
  const { m, engine } = run(memcgDdScene, 6, { kernel: 'v2.6.35-rc2', knobs: QUARTER });

  expect(metric(m, 'memcg_write_file')).toBeGreaterThan(20);
  expect(m.memcg_oom_kills).toBe(0);
  expect(engine.kernel.buddy.freePages).toBeGreaterThan(0.6 * engine.kernel.m.config.totalPages);
});

/** A writer outside that keeps the disk busy, and whole pages as fast as it goes. */
const BUSY: KnobValues = { 'workload.neighbours': 1, 'workload.block_kib': 64, 'workload.blocks_per_s': 0 };

test('E29 a group at its limit slows a writer outside it down: they share the disk', () => {
  const outside = (total: number) => {
    const m = bare(8, 'v2.6.35-rc2', { ...BUSY, 'policy.memcg_cleaner': 'dirty-ratio', 'workload.total_mib': total });
    return (
      metric(m, 'pages_touched') - 8 * (metric(m, 'memcg.small.touched_per_s') + metric(m, 'memcg.roomy.touched_per_s'))
    );
  };
  const [alone, beside] = [outside(1), outside(0)];
  console.log(`E29: the writer outside wrote ${Math.round(alone)} pages alone, ${Math.round(beside)} beside the group`);

  expect(beside).toBeLessThan(0.95 * alone);
});

test('§9.3 the group’s OOM killer comes under 3.2, whose reclaimers hardly sleep; 4.2 holds the dirtier in time', () => {
  const [m32, m42] = ['v3.2', 'v4.2-cgwb'].map((kernel) => bare(8, kernel, BUSY));
  console.log(
    `§9.3: killed ${m32!.memcg_oom_kills} under 3.2, ${m42!.memcg_oom_kills} under 4.2, which stalled ${metric(m42!, 'memcg.small.stall_s').toFixed(2)} s in reclaim`,
  );

  expect(m32!.memcg_oom_kills).toBe(1);
  expect(m42!.memcg_oom_kills).toBe(0);
  expect(metric(m42!, 'memcg.small.stall_s')).toBeLessThan(1);
});

test('a group’s weight at the disk decides how fast it goes beside a writer outside', () => {
  const speed = (weight: number) =>
    metric(
      bare(6, 'v2.6.35-rc2', {
        ...BUSY,
        'workload.limit_mib': 24,
        'policy.memcg_cleaner': 'io-cgroup',
        'memcg.io_weight': weight,
      }),
      'memcg.small.touched_per_s',
    );
  const [light, heavy] = [speed(100), speed(1000)];
  console.log(`io-cgroup: ${Math.round(light)} accesses/s at weight 100, ${Math.round(heavy)} at 1000`);

  expect(heavy).toBeGreaterThan(1.2 * light);
});

test('R6.12 E27 a busy disk: the OOM killer comes in some of ten runs, and in none where the group has dirty limits', () => {
  // The runs differ in the pace of dd.
  const kills = (cleaner: string) =>
    [50, 100, 150, 200, 250, 300, 350, 400, 450, 0].map((pace) =>
      metric(
        bare(6, 'rfc-v1', { ...BUSY, 'policy.memcg_cleaner': cleaner, 'workload.blocks_per_s': pace }),
        'memcg_oom_kills',
      ),
    );
  const [without, limited] = [kills('flusher'), kills('dirty-ratio')];
  console.log(`R6.12: killed without ${without.join(' ')}, with dirty limits ${limited.join(' ')}`);

  const killedRuns = without.filter((count) => count > 0).length;
  expect(killedRuns).toBeGreaterThanOrEqual(2);
  expect(killedRuns).toBeLessThanOrEqual(8);
  expect(limited).toEqual(limited.map(() => 0));
});

describe('P6.5 memcg-anon: who may write decides whether the group lives', () => {
  test('rfc-v1 ends in a memcg OOM kill within seconds', () => {
    const engine = boot(memcgAnonScene, { kernel: 'rfc-v1' });
    engine.advance(8 * S);

    expect(engine.kernel.trace.counts[TRACE_ID.oomKill]).toBe(1);
  });

  test.each([
    ['v2.6.35-rc2', {}],
    ['rfc-v1', { 'policy.memcg_cleaner': 'itself' }],
    ['rfc-v2', {}],
    ['rfc-v4', {}],
  ] as const)('%s %o survives, swapping', (kernel, knobs) => {
    const { m } = run(memcgAnonScene, 8, { kernel, knobs });

    expect(m.memcg_oom_kills).toBe(0);
    expect(metric(m, 'memcg_write_anon')).toBeGreaterThan(10000);
    expect(m.kswapd_wake_requests).toBe(0);
  });
});

test('E30 R3.39 without the memcg rotation (B2) more is scanned for each page freed', () => {
  const scansPerFreed = (historicalBugs: boolean) => {
    const m = bare(12, 'v2.6.35-rc2', { 'kernel.historical_bugs': historicalBugs });
    expect(m.kswapd_wake_requests).toBe(0); // no global pressure: nobody frees them from the zone's tail
    return metric(m, 'memcg_pages_scanned') / metric(m, 'memcg_pages_reclaimed');
  };
  const [mended, asItWas] = [scansPerFreed(false), scansPerFreed(true)];
  console.log(`E30: scanned per freed page ${mended.toFixed(3)} rotated, ${asItWas.toFixed(3)} not`);

  expect(asItWas).toBeGreaterThan(mended);
});

test('E31 R6.6 under global pressure kswapd takes from the group over its soft limit first', () => {
  const knobs = {
    'machine.memory_mib': 32,
    'workload.limit_mib': 24,
    'workload.soft_limit_mib': 4,
    'workload.block_kib': 64,
    'workload.blocks_per_s': 200,
    'workload.neighbours': 1,
  };
  const m = bare(6, 'v2.6.35-rc2', knobs);
  const without = bare(6, 'v2.6.35-rc2', { ...knobs, 'workload.soft_limit_mib': 0 });
  const mean = (of: Record<string, number>) => metric(of, 'memcg.small.usage_pages_mean');
  console.log(`E31: mean usage ${Math.round(mean(m))} with a soft limit, ${Math.round(mean(without))} without`);

  expect(m.memcg_soft_pages_reclaimed).toBeGreaterThan(1000);
  expect(without.memcg_soft_reclaims).toBe(0);
  expect(mean(m)).toBeLessThan(0.8 * mean(without));
});

test.each(['io-cgroup', 'dirty-ratio', 'kswapd'])(
  'a run with the cleaner %s is the same after a seek back',
  (cleaner) => {
    const engine = boot(memcgDdScene, {
      kernel: 'rfc-v1',
      knobs: {
        ...BUSY,
        'machine.memory_mib': 64,
        'workload.limit_mib': 6,
        'workload.soft_limit_mib': 2,
        'workload.blocks_per_s': 300,
        'policy.memcg_cleaner': cleaner,
        'memcg.low_wmark_distance': 4,
        'memcg.high_wmark_distance': 5,
      },
    });
    engine.advance(1.6 * S);
    const hash = engine.hash();
    engine.seek(0.9 * S);
    engine.advance(1.6 * S);

    expect(engine.hash()).toBe(hash);
  },
);
