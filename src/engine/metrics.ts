import { METRIC_INDEX, METRICS, type MetricName } from '../abi/metrics.ts';
import { S, SECTOR_BYTES } from '../abi/units.ts';
import type { Kernel } from './machine/kernel.ts';
import { COUNTER_NAMES, type CounterName, VM } from './machine/vmstat.ts';

type Read = (k: Kernel) => number;
const count =
  (name: CounterName): Read =>
  (k) =>
    k.vm[VM[name]]!;
const seconds =
  (name: CounterName): Read =>
  (k) =>
    k.vm[VM[name]]! / S;
/** A ratio that has no value while nothing was counted: absent, never 0. */
const ratio = (over: number, under: number): number => (under === 0 ? Number.NaN : over / under);
const sum =
  (...names: CounterName[]): Read =>
  (k) =>
    names.reduce((total, name) => total + k.vm[VM[name]]!, 0);

/** What only a machine with memory cgroups can have. */
function inGroups(read: Read): Read {
  return (k) => (k.m.memcgs.length > 1 ? read(k) : Number.NaN);
}

/** Metrics that are not a counter of the same name, or that not every run can have. */
const COMPUTED: Partial<Record<MetricName, Read>> = {
  direct_reclaims: count('allocstall'),
  direct_pages_scanned: count('pgscan_direct'),
  direct_write_file_async: count('direct_write_file'),
  direct_write_anon_async: count('direct_write_anon'),
  direct_write_file_sync: count('direct_write_file_sync'),
  direct_write_anon_sync: count('direct_write_anon_sync'),
  direct_stall_s: seconds('direct_stall_ns'),
  kswapd_pages_scanned: count('pgscan_kswapd'),
  kswapd_pages_reclaimed: count('kswapd_steal'),
  kswapd_write_file_async: count('kswapd_write_file'),
  kswapd_write_anon_async: count('kswapd_write_anon'),
  kswapd_awake_s: kswapdAwakeS,
  kswapd_efficiency_pct: (k) =>
    k.vm[VM.pgscan_kswapd]! === 0 ? 100 : (100 * k.vm[VM.kswapd_steal]!) / k.vm[VM.pgscan_kswapd]!,
  memcg_reclaims: inGroups(count('memcg_reclaims')),
  memcg_pages_scanned: inGroups(count('memcg_pages_scanned')),
  memcg_pages_reclaimed: inGroups(count('memcg_pages_reclaimed')),
  memcg_write_file: inGroups(count('memcg_write_file')),
  memcg_write_anon: inGroups(count('memcg_write_anon')),
  memcg_stall_s: inGroups(seconds('memcg_stall_ns')),
  memcg_soft_reclaims: inGroups(count('memcg_soft_reclaims')),
  memcg_soft_pages_scanned: inGroups(count('memcg_soft_pages_scanned')),
  memcg_soft_pages_reclaimed: inGroups(count('memcg_soft_pages_reclaimed')),
  memcg_oom_kills: inGroups(count('memcg_oom_kills')),
  written_by_memcg: inGroups(count('written_by_memcg')),
  write_requests_by_memcg: inGroups(count('write_requests_by_memcg')),
  major_faults: count('pgmajfault'),
  written_by_dirtier: count('written_by_task'),
  write_requests_by_dirtier: count('write_requests_by_task'),
  dirty_laps_mean: (k) => ratio(k.vm[VM.dirty_laps]!, k.vm[VM.dirty_laps_pages]!),
  throttled_s: seconds('throttled_ns'),
  disk_requests: sum('disk_read_requests', 'disk_write_requests'),
  disk_mean_request_kib: (k) =>
    ratio((k.vm[VM.disk_sectors]! * SECTOR_BYTES) / 1024, sum('disk_read_requests', 'disk_write_requests')(k)),
  disk_mib_per_s: (k) => ratio((k.vm[VM.disk_sectors]! * SECTOR_BYTES) / 1048576, k.nowNs / S),
  disk_busy_s: seconds('disk_busy_ns'),
  // With what the drive does by itself for its write cache.
  disk_seek_s: (k) => (k.vm[VM.disk_seek_ns]! + k.block.disk.destageSeekNs) / S,
  disk_rotate_s: (k) => (k.vm[VM.disk_rotate_ns]! + k.block.disk.destageRotateNs) / S,
  disk_transfer_s: (k) => (k.vm[VM.disk_transfer_ns]! + k.block.disk.destageTransferNs) / S,
  stack_high_water_bytes: (k) => k.m.sim.threads.reduce((most, t) => Math.max(most, t.stackHighBytes), 0),
  stack_overflows: (k) => k.m.sim.threads.filter((t) => t.stackHighBytes > k.m.config.threadSizeBytes).length,
  free_pages_mean: (k) =>
    ratio(k.vm[VM.free_pages_integral]! + k.buddy.freePages * (k.nowNs - k.vm[VM.free_pages_since_ns]!), k.nowNs),
  elapsed_s: (k) => k.nowNs / S,
  events: (k) => k.m.sim.eventsDone,
};

/** A stretch awake that has not ended yet counts up to now. */
function kswapdAwakeS(k: Kernel): number {
  const kswapd = k.m.sim.threads[0]!.stack[0] as { readonly awakeSinceNs?: number } | undefined;
  const sinceNs = kswapd?.awakeSinceNs ?? -1;
  return (k.vm[VM.kswapd_awake_ns]! + (sinceNs >= 0 ? k.nowNs - sinceNs : 0)) / S;
}

const isCounter = (name: string): name is CounterName => (COUNTER_NAMES as readonly string[]).includes(name);
const NOT_HAD: Read = () => Number.NaN;
const READS: readonly Read[] = METRICS.map(({ name }) => COMPUTED[name] ?? (isCounter(name) ? count(name) : NOT_HAD));

/** All metrics in METRICS' order; NaN where the run cannot have one. */
export function metricsOf(k: Kernel): Float64Array {
  return Float64Array.from(READS, (read) => read(k));
}

/** The metrics a run has, by name: absent ones are left out. */
export function namedMetrics(k: Kernel): Record<string, number> {
  const values = metricsOf(k);
  const named: Record<string, number> = {};
  for (const { name } of METRICS) {
    const value = values[METRIC_INDEX[name]]!;
    if (!Number.isNaN(value)) named[name] = value;
  }
  for (const memcg of k.m.memcgs.slice(1)) {
    named[`memcg.${memcg.name}.usage_pages`] = memcg.usagePages;
    named[`memcg.${memcg.name}.limit_pages`] = memcg.limitPages;
    named[`memcg.${memcg.name}.failcnt`] = memcg.failcnt;
  }
  return named;
}
