import { expect, test } from 'vitest';
import { TRACE_ID } from '../abi/tracepoints.ts';
import { S } from '../abi/units.ts';
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
