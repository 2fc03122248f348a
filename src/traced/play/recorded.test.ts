import { expect, test } from 'vitest';
import { METRICS } from '../../abi/metrics.ts';
import type { Advance } from '../../abi/protocol.ts';
import { RUNS, textOf, traceAt } from '../recorded.test-double.ts';
import { TracedMachine } from './traced-machine.ts';

// Every recorded run, against what an independent script counted and against plain recounts of its rows.

interface Summary {
  readonly events: Readonly<Record<string, number>>;
  readonly lru_isolate_inactive_kswapd_vs_other?: Readonly<Record<string, { readonly nr_scanned: number }>>;
  readonly field_sums_kswapd_vs_other: Readonly<Record<string, Readonly<Record<string, { nr_reclaimed?: number }>>>>;
  readonly reclaim_pairs: Readonly<Record<string, { readonly pairs: number; readonly latency_us_sum: number }>>;
  readonly kswapd_awake: { readonly intervals: number; readonly us_sum: number; readonly still_awake_at_end: number };
  readonly block: Readonly<Record<string, BlockSummary>>;
}
interface BlockSummary {
  readonly count: number;
  readonly zero_length: number;
  readonly sectors: number;
}

function named(advance: Advance): Readonly<Record<string, number>> {
  return Object.fromEntries(METRICS.map(({ name }, row) => [name, advance.frame.metrics[row]!]));
}
const count = (summary: Summary, ...names: readonly string[]) =>
  names.reduce((sum, name) => sum + (summary.events[name] ?? 0), 0);

test.each(RUNS)('$name: the figures at the end are those of the independent summary', ({ trace, summary: path }) => {
  const summary = JSON.parse(textOf(path)) as Summary;
  const machine = new TracedMachine('run', traceAt(trace).table);
  machine.seek(machine.durationNs);
  const end = machine.takeAdvance();
  const m = named(end);
  const { kswapd, other } = summary.lru_isolate_inactive_kswapd_vs_other ?? {};
  const freed = summary.field_sums_kswapd_vs_other.mm_vmscan_lru_shrink_inactive ?? {};
  const { direct, memcg } = summary.reclaim_pairs;
  const { block_rq_issue: issued, block_rq_requeue: requeued, block_rq_complete: done } = summary.block;
  expect(m.events).toBe(machine.index.rows.count);
  expect(m.direct_reclaims).toBe(count(summary, 'mm_vmscan_direct_reclaim_begin'));
  expect(m.memcg_reclaims).toBe(count(summary, 'mm_vmscan_memcg_reclaim_begin'));
  expect(m.kswapd_wake_requests).toBe(count(summary, 'mm_vmscan_wakeup_kswapd'));
  // Soft limit reclaim is in no run of these, so that all of kswapd's is its own.
  expect(m.memcg_soft_reclaims).toBe(0);
  expect(m.kswapd_pages_scanned).toBe(kswapd?.nr_scanned ?? 0);
  expect(m.direct_pages_scanned! + m.memcg_pages_scanned!).toBeLessThanOrEqual(other?.nr_scanned ?? 0);
  expect(m.kswapd_pages_reclaimed).toBe(freed.kswapd?.nr_reclaimed ?? 0);
  expect(m.direct_stall_s! * 1e6).toBeCloseTo(direct?.latency_us_sum ?? 0, 0);
  expect(m.memcg_stall_s! * 1e6).toBeCloseTo(memcg?.latency_us_sum ?? 0, 0);
  expect(end.stalls.endNs).toHaveLength((direct?.pairs ?? 0) + (memcg?.pairs ?? 0));
  expect(m.disk_requests).toBe(issued!.count - issued!.zero_length - sized(requeued));
  const sectors = issued!.sectors - (requeued?.sectors ?? 0);
  expect(m.disk_mean_request_kib).toBeCloseTo(sectors / 2 / m.disk_requests!, 6);
  expect(m.disk_mib_per_s! * m.elapsed_s! * 2048).toBeCloseTo(sectors, 3);
  const by = Object.entries(m).filter(([name]) => name.startsWith('written_by_'));
  expect(by.reduce((sum, [, pages]) => sum + pages, 0)).toBe(m.pages_written);
  // Of pages of which none was scanned no share was freed.
  expect(Number.isNaN(m.kswapd_efficiency_pct)).toBe(m.kswapd_pages_scanned === 0);
  expect(end.requests.endNs.length).toBeLessThanOrEqual(sized(done));
  expect(m.kswapd_awake_s! * 1e6).toBeGreaterThanOrEqual(summary.kswapd_awake.us_sum - 1);
  const writes = Object.entries(m).filter(([name]) => /^(direct|kswapd|memcg)_write_/.test(name));
  const written = writes.reduce((sum, [, pages]) => sum + (pages || 0), 0);
  expect(written).toBe(count(summary, 'mm_vmscan_write_folio', 'mm_vmscan_writepage'));
});

const sized = (of: BlockSummary | undefined): number => (of ? of.count - of.zero_length : 0);
