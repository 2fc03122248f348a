import { expect, test } from 'vitest';
import { TRACE_ID } from '../abi/tracepoints.ts';
import { S } from '../abi/units.ts';
import { hugePages } from '../scenarios/huge-pages.ts';
import { memcgAnonScene } from '../scenarios/memcg-anon.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { namedMetrics } from './metrics.ts';
import { boot, metric, SMALL } from './scene-rig.ts';

// Metrics that no event of the trace has, against a recount from the pages themselves after every event.

/** Pages whose value of something is not what it was at the last look. */
function changes(last: Int32Array, read: (pfn: number) => number, tell: (pfn: number, before: number) => void) {
  for (let pfn = 0; pfn < last.length; pfn++) {
    const now = read(pfn);
    if (now === last[pfn]) continue;
    tell(pfn, last[pfn]!);
    last[pfn] = now;
  }
}

test('R5.2 surplus of range writes: every page of it is redirtied, reclaimed, or still pending', () => {
  let began = 0;
  let settled = 0;
  let last: Int32Array | undefined;
  const engine = boot(seekyVsRange, {
    ...SMALL,
    machine: 'B',
    watch: (k) => {
      last ??= new Int32Array(k.m.config.totalPages);
      changes(
        last,
        (pfn) => (k.pages.isSurplus(pfn) ? 1 : 0),
        (pfn) => {
          if (k.pages.isSurplus(pfn)) began++;
          else settled++;
        },
      );
    },
  });
  engine.advance(1.5 * S);
  const m = namedMetrics(engine.kernel);
  expect(began).toBeGreaterThan(50);
  expect(metric(m, 'range_collateral_pages')).toBe(began);
  // Redirtied after 5 s counts as neither; the run is shorter than that.
  expect(metric(m, 'range_collateral_redirtied') + metric(m, 'range_collateral_reclaimed')).toBe(settled);
});

test('OOM kills, in a group and in all, by their events', () => {
  const engine = boot(memcgAnonScene, { kernel: 'rfc-v1' });
  engine.advance(8 * S);
  const m = namedMetrics(engine.kernel);
  const events = engine.kernel.trace.counts[TRACE_ID.oomKill]!;
  expect(events).toBeGreaterThan(0);
  expect([m.oom_kills, m.memcg_oom_kills]).toEqual([events, events]);
});

test('R3.24 dirty laps: every time a page goes round dirty, by what the pages say after each event', () => {
  let laps = 0;
  let most = 0;
  let pagesOnce = 0;
  let last: Int32Array | undefined;
  const engine = boot(seekyVsRange, {
    ...SMALL,
    kernel: 'v3.2',
    watch: (k) => {
      last ??= new Int32Array(k.m.config.totalPages);
      changes(
        last,
        (pfn) => k.pages.lapsOf(pfn),
        (pfn, before) => {
          const now = k.pages.lapsOf(pfn);
          most = Math.max(most, now);
          if (now < before) return; // written or freed
          laps += now - before;
          if (before === 0) pagesOnce++;
        },
      );
    },
  });
  engine.advance(2.5 * S);
  const m = namedMetrics(engine.kernel);
  expect(laps).toBeGreaterThan(50);
  expect([m.dirty_laps_mean, m.dirty_laps_max]).toEqual([laps / pagesOnce, most]);
});

test('huge pages: what was got is what became compound, and a percentile is the value so many lie at or below', () => {
  let got = 0;
  let before = 0;
  const engine = boot(hugePages, {
    knobs: {
      'machine.memory_mib': 64,
      'machine.swap_mib': 128,
      'workload.working_set': 0.2,
      'workload.build_jobs': 2,
      'workload.first_attempt_s': 1,
    },
    watch: ({ pages }) => {
      let compound = 0;
      for (let pfn = 0; pfn < pages.count; pfn++) if (pages.isCompound(pfn)) compound++;
      if (compound > before) got += (compound - before) / 512;
      before = compound;
    },
  });
  engine.advance(6 * S);
  const m = namedMetrics(engine.kernel);
  const { latencyNs } = engine.kernel.m.huge;
  expect(got).toBeGreaterThan(5);
  expect(m.huge_attempts).toBe(latencyNs.length);
  expect(m.huge_success_pct).toBe((100 * got) / latencyNs.length);
  for (const percent of [50, 99]) {
    const value = metric(m, `huge_latency_p${percent}_ms`) * 1e6;
    const atOrBelow = (limit: number) => latencyNs.filter((ns) => ns <= limit).length;
    expect(atOrBelow(value)).toBeGreaterThanOrEqual((latencyNs.length * percent) / 100);
    expect(latencyNs.filter((ns) => ns < value).length).toBeLessThan((latencyNs.length * percent) / 100);
  }
});
