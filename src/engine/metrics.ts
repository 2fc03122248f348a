import { METRIC_INDEX, METRICS, type MetricName } from '../abi/metrics.ts';
import { MS, type Ns, S, SECTOR_BYTES } from '../abi/units.ts';
import type { BlockState } from './machine/block-state.ts';
import { createDiskStat, DISK_STAT } from './machine/disk-stat.ts';
import { AT_REST, latencyPercentileNs, PASS_1, PASS_2 } from './machine/huge-pages.ts';
import type { Kernel } from './machine/kernel.ts';
import { KSWAPD, type Task } from './machine/task.ts';
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

const total = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
const percent = (part: number, whole: number): number => ratio(100 * part, whole);

/** What only a machine with memory cgroups can have. */
function inGroups(read: Read): Read {
  return (k) => (k.m.memcgs.length > 1 ? read(k) : Number.NaN);
}

/** What only groups with a kswapd of their own can have. */
function withKswapd(read: Read): Read {
  return inGroups((k) => (k.policy.memcgCleaner.hasKswapd ? read(k) : Number.NaN));
}

/** What only machines with a dirty list can have: now, or before a knob was turned. */
function withDirtyList(read: Read): Read {
  return (k) => (k.policy.skippedDirty.hasOwnList || k.vm[VM.dirty_list_moves]! > 0 ? read(k) : Number.NaN);
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
  nr_vmscan_immediate_reclaim: (k) =>
    k.policy.skippedDirty.tagsReclaim || k.vm[VM.nr_vmscan_immediate_reclaim]! > 0
      ? k.vm[VM.nr_vmscan_immediate_reclaim]!
      : Number.NaN,
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
  memcg_kswapd_wakeups: withKswapd(count('memcg_kswapd_wakeups')),
  memcg_kswapd_pages_scanned: withKswapd(count('memcg_kswapd_pages_scanned')),
  memcg_kswapd_pages_reclaimed: withKswapd(count('memcg_kswapd_pages_reclaimed')),
  memcg_kswapd_awake_s: withKswapd(memcgKswapdAwakeS),
  memcg_throttled_s: inGroups((k) =>
    k.policy.memcgCleaner.limitsDirtyPages ? k.vm[VM.memcg_throttled_ns]! / S : Number.NaN,
  ),
  memcg_oom_kills: inGroups(count('memcg_oom_kills')),
  written_by_memcg: inGroups(count('written_by_memcg')),
  write_requests_by_memcg: inGroups(count('write_requests_by_memcg')),
  major_faults: count('pgmajfault'),
  written_by_dirtier: count('written_by_task'),
  write_requests_by_dirtier: count('write_requests_by_task'),
  dirty_laps_mean: (k) => ratio(k.vm[VM.dirty_laps]!, k.vm[VM.dirty_laps_pages]!),
  dirty_list_moves: withDirtyList(count('dirty_list_moves')),
  dirty_list_counter_updates: withDirtyList(count('dirty_list_counter_updates')),
  throttled_s: seconds('throttled_ns'),
  stack_high_water_bytes: (k) => k.m.sim.threads.reduce((most, t) => Math.max(most, t.stackHighBytes), 0),
  huge_attempts: hugeOnly((k) => total(k.m.huge.attempts)),
  huge_success_pct: (k) => percent(total(k.m.huge.obtained), total(k.m.huge.attempts)),
  huge_success_pct_pass1: successOf(PASS_1),
  huge_success_pct_pass2: successOf(PASS_2),
  huge_success_pct_at_rest: successOf(AT_REST),
  huge_latency_p50_ms: (k) => latencyPercentileNs(k.m.huge, 50) / MS,
  huge_latency_p99_ms: (k) => latencyPercentileNs(k.m.huge, 99) / MS,
  huge_elapsed_s: hugeOnly((k) => (k.m.huge.lastNs - k.m.huge.firstNs) / S),
  compact_success: compacting(count('compact_success')),
  compact_fail: compacting(count('compact_fail')),
  compact_pages_moved: compacting(count('compact_pages_moved')),
  huge_pages_held: hugeOnly((k) => k.m.huge.held),
  free_pages_mean: (k) =>
    ratio(k.vm[VM.free_pages_integral]! + k.buddy.freePages * (k.nowNs - k.vm[VM.free_pages_since_ns]!), k.nowNs),
  elapsed_s: (k) => k.nowNs / S,
  events: (k) => k.m.sim.eventsDone,
};

/** All groups' kswapds; one that is awake counts up to now. */
export function memcgKswapdAwakeS(k: Kernel): number {
  let awakeNs = k.vm[VM.memcg_kswapd_awake_ns]!;
  for (const thread of k.m.sim.threads) {
    if (thread.kind !== KSWAPD || (thread as Task).memcg === 0) continue;
    const { awakeSinceNs } = thread.stack[0] as { readonly awakeSinceNs: number };
    if (awakeSinceNs >= 0) awakeNs += k.nowNs - awakeSinceNs;
  }
  return awakeNs / S;
}

/** What only a run that allocates huge pages can have. */
function hugeOnly(read: Read): Read {
  return (k) => (k.m.huge.latencyNs.length > 0 ? read(k) : Number.NaN);
}

/** What only a machine with CONFIG_COMPACTION can have. */
function compacting(read: Read): Read {
  return (k) => (k.m.config.compaction ? read(k) : Number.NaN);
}

function successOf(round: number): Read {
  return (k) => percent(k.m.huge.obtained[round]!, k.m.huge.attempts[round]!);
}

/** A stretch awake that has not ended yet counts up to now. */
export function kswapdAwakeS(k: Kernel): number {
  const kswapd = k.m.sim.threads[0]!.stack[0] as { readonly awakeSinceNs?: number } | undefined;
  const sinceNs = kswapd?.awakeSinceNs ?? -1;
  return (k.vm[VM.kswapd_awake_ns]! + (sinceNs >= 0 ? k.nowNs - sinceNs : 0)) / S;
}

/** What a disk's queue has counted, or several together: the drive's own work for its write cache included. */
function diskStat(blocks: readonly BlockState[]): Float64Array {
  const total = createDiskStat();
  for (const { stat, disk } of blocks) {
    for (let row = 0; row < total.length; row++) total[row]! += stat[row]!;
    total[DISK_STAT.seek_ns]! += disk.destageSeekNs;
    total[DISK_STAT.rotate_ns]! += disk.destageRotateNs;
    total[DISK_STAT.transfer_ns]! += disk.destageTransferNs;
  }
  return total;
}

type ReadDisk = (stat: Float64Array, nowNs: Ns) => number;
const diskCount =
  (name: keyof typeof DISK_STAT): ReadDisk =>
  (stat) =>
    stat[DISK_STAT[name]]!;
const diskSeconds =
  (name: keyof typeof DISK_STAT): ReadDisk =>
  (stat) =>
    stat[DISK_STAT[name]]! / S;
const requestsOf = (stat: Float64Array) => stat[DISK_STAT.read_requests]! + stat[DISK_STAT.write_requests]!;
const bytesOf = (stat: Float64Array) => stat[DISK_STAT.sectors]! * SECTOR_BYTES;

/** Metrics of one disk, or of all together. */
const OF_DISKS: Partial<Record<MetricName, ReadDisk>> = {
  disk_requests: requestsOf,
  disk_read_requests: diskCount('read_requests'),
  disk_write_requests: diskCount('write_requests'),
  disk_mean_request_kib: (stat) => ratio(bytesOf(stat) / 1024, requestsOf(stat)),
  disk_merges: diskCount('merges'),
  disk_mib_per_s: (stat, nowNs) => ratio(bytesOf(stat) / 1048576, nowNs / S),
  disk_busy_s: diskSeconds('busy_ns'),
  disk_seek_s: diskSeconds('seek_ns'),
  disk_rotate_s: diskSeconds('rotate_ns'),
  disk_transfer_s: diskSeconds('transfer_ns'),
  disk_seeks_any: diskCount('seeks_any'),
  disk_seeks_over_128: diskCount('seeks_over_128'),
  disk_seeks_over_800: diskCount('seeks_over_800'),
};
const DISK_METRICS = Object.entries(OF_DISKS) as [MetricName, ReadDisk][];

/** Of these disks together, or of one: what their queues count, and btt's seeks, which are counted beside the machine. */
function diskMetricsOf(k: Kernel, blocks: readonly BlockState[]): [MetricName, number][] {
  const stat = diskStat(blocks);
  const { seeks } = k.trace;
  const seeksBtt = blocks.reduce((sum, { id }) => sum + seeks.seeksOf(id), 0);
  const sectorsBtt = blocks.reduce((sum, { id }) => sum + seeks.sectorsOf(id), 0);
  return [
    ...DISK_METRICS.map(([name, read]): [MetricName, number] => [name, read(stat, k.nowNs)]),
    ['disk_seeks_btt', seeksBtt],
    ['disk_seek_mean_sectors_btt', ratio(sectorsBtt, requestsOf(stat))],
  ];
}

const isCounter = (name: string): name is CounterName => (COUNTER_NAMES as readonly string[]).includes(name);
const NOT_HAD: Read = () => Number.NaN;
const READS: readonly Read[] = METRICS.map(({ name }) => COMPUTED[name] ?? (isCounter(name) ? count(name) : NOT_HAD));

/** All metrics in METRICS' order; NaN where the run cannot have one. */
export function metricsOf(k: Kernel): Float64Array {
  const values = Float64Array.from(READS, (read) => read(k));
  for (const [name, value] of diskMetricsOf(k, k.blocks)) values[METRIC_INDEX[name]] = value;
  return values;
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
    named[`memcg.${memcg.name}.usage_pages_mean`] =
      (memcg.usageIntegral + memcg.usagePages * (k.nowNs - memcg.usageSinceNs)) / k.nowNs;
    named[`memcg.${memcg.name}.dirty_pages`] = memcg.dirtyPages;
    named[`memcg.${memcg.name}.writeback_pages`] = memcg.writebackPages;
    named[`memcg.${memcg.name}.touched_per_s`] = memcg.touchedPages / (k.nowNs / S);
    named[`memcg.${memcg.name}.stall_s`] = memcg.stalledNs / S;
    if (k.policy.memcgCleaner.limitsDirtyPages) named[`memcg.${memcg.name}.throttled_s`] = memcg.throttledNs / S;
  }
  if (k.blocks.length === 1) return named;
  for (const block of k.blocks) {
    for (const [name, value] of diskMetricsOf(k, [block])) {
      if (!Number.isNaN(value)) named[`disk.${block.id}.${name}`] = value;
    }
  }
  return named;
}
