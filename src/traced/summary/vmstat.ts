import type { Exact } from './exact.ts';
import type { TraceSummary } from './summary.ts';

/** Counters by name, as in /proc/vmstat or a cgroup's memory.stat. */
export type Counters = ReadonlyMap<string, number>;

/** `name value` per line; other lines are left out. */
export function readCounters(text: string): Counters {
  const counters = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^(\S+)\s+(-?\d+)\s*$/.exec(line);
    if (match !== null) counters.set(match[1]!, Number(match[2]));
  }
  return counters;
}

/** Counters that moved, in the order of the file. */
export function counterDelta(before: Counters, after: Counters): Record<string, number> {
  const moved: [string, number][] = [];
  for (const [name, value] of after) {
    const delta = value - (before.get(name) ?? 0);
    if (delta !== 0) moved.push([name, delta]);
  }
  return Object.fromEntries(moved);
}

/** A figure of the trace beside the kernel's own counter. */
export interface CrossCheck {
  readonly figure: string;
  readonly trace: Exact;
  readonly vmstat: number;
  readonly equal: boolean;
}

/** Why they need not agree. */
export const CROSSCHECK_NOTES: readonly string[] = [
  'The vmstat snapshots are taken just before tracing_on=1 and just after tracing_on=0; a run that starts or stops while reclaim is going differs by what happened in between.',
  'Cgroup reclaim and soft-limit reclaim are traced but not counted in the global pgscan/pgsteal.',
  'MGLRU: lru_shrink_inactive can be printed with nr_scanned=0 for a retry of the same batch, and nr_scanned of lru_isolate on generations is not pgscan of inactive lists in all cases.',
  'block_rq_issue counts a requeued request again; pgpgin/pgpgout count bios once, of all devices.',
  'trace-cmd-report and perf-script runs: the snapshots also cover the start and stop of the recording tool.',
];

type Delta = Readonly<Record<string, number>>;

/** A comparison as the page shows it: with a short name, and what stands on either side. */
export interface Comparison extends CrossCheck {
  readonly label: string;
  /** What of the trace is counted. */
  readonly counts: string;
}

/** The trace's figures against what /proc/vmstat says of the same stretch, and against a cgroup's memory.stat if it is known. */
export const crossCheck = (summary: TraceSummary, vmstat: Delta, memoryStat?: Delta): readonly CrossCheck[] =>
  comparisons(summary, vmstat, memoryStat).map(({ figure, trace, vmstat: counter, equal }) => ({
    figure,
    trace,
    vmstat: counter,
    equal,
  }));

export function comparisons(summary: TraceSummary, vmstat: Delta, memoryStat?: Delta): readonly Comparison[] {
  const of = (name: string) => vmstat[name] ?? inOldNames(vmstat, name);
  const written = Object.values(summary.write_folio_by_task_and_flags).reduce((total, count) => total + count, 0);
  const issued = summary.block.block_rq_issue;
  const kib = (sectors: Exact | undefined) => Math.floor(Number(sectors ?? 0) / 2);
  const stalls = Object.keys(vmstat).filter((name) => name.startsWith('allocstall'));
  return [
    ...reclaimChecks(summary, of),
    check(
      'allocstall',
      'allocstall_* vs direct_reclaim_begin lines',
      'lines of mm_vmscan_direct_reclaim_begin',
      summary.events.mm_vmscan_direct_reclaim_begin ?? 0,
      stalls.reduce((total, name) => total + of(name), 0),
    ),
    check(
      'nr_vmscan_write',
      'nr_vmscan_write vs write_folio/writepage lines',
      'lines of mm_vmscan_write_folio (mm_vmscan_writepage up to 5.17)',
      written,
      of('nr_vmscan_write'),
    ),
    check(
      'pgpgout, KiB',
      'pgpgout KiB vs write sectors issued / 2 (bios submitted vs requests issued: close, not equal)',
      'half the sectors of block_rq_issue that write',
      kib(issued?.write_sectors),
      of('pgpgout'),
    ),
    check(
      'pgpgin, KiB',
      'pgpgin KiB vs read sectors issued / 2',
      'half the sectors of block_rq_issue that read',
      kib(issued?.read_sectors),
      of('pgpgin'),
    ),
    ...(memoryStat === undefined ? [] : groupChecks(summary, memoryStat)),
  ];
}

const ZONES = ['dma', 'dma32', 'normal', 'high', 'movable'];

/** Kernels up to 4.7 count reclaim per zone; up to 3.3 pgsteal_<zone> is of all tasks, and kswapd_steal says what of it kswapd did. */
function inOldNames(vmstat: Delta, name: string): number {
  const perZone = (counter: string) => ZONES.reduce((sum, zone) => sum + (vmstat[`${counter}_${zone}`] ?? 0), 0);
  if (name === 'pgsteal_kswapd') return perZone(name) || (vmstat.kswapd_steal ?? 0);
  if (name === 'pgsteal_direct') return perZone(name) || perZone('pgsteal') - (vmstat.kswapd_steal ?? 0);
  return perZone(name);
}

/** Of both sums of nr_scanned, because only one of the two events may have been enabled. */
function reclaimChecks(summary: TraceSummary, of: (name: string) => number): readonly Comparison[] {
  const shrunk = (counter: string, field: string, who: keyof typeof TASKS) =>
    check(
      counter,
      `${counter} vs sum ${field} of lru_shrink_inactive by ${who}`,
      `sum of ${field} over mm_vmscan_lru_shrink_inactive by ${TASKS[who]}`,
      summary.field_sums_kswapd_vs_other.mm_vmscan_lru_shrink_inactive?.[who]?.[field] ?? 0,
      of(counter),
    );
  const isolated = (counter: string, who: keyof typeof TASKS) =>
    check(
      `${counter}, as isolated`,
      `${counter} vs sum nr_scanned of lru_isolate on inactive lists by ${who}`,
      `sum of nr_scanned over mm_vmscan_lru_isolate of inactive lists by ${TASKS[who]}`,
      summary.lru_isolate_inactive_kswapd_vs_other[who]?.nr_scanned ?? 0,
      of(counter),
    );
  return [
    shrunk('pgscan_kswapd', 'nr_scanned', 'kswapd'),
    shrunk('pgsteal_kswapd', 'nr_reclaimed', 'kswapd'),
    shrunk('pgscan_direct', 'nr_scanned', 'other'),
    shrunk('pgsteal_direct', 'nr_reclaimed', 'other'),
    isolated('pgscan_kswapd', 'kswapd'),
    isolated('pgscan_direct', 'other'),
  ];
}
const TASKS = { kswapd: 'kswapd', other: 'all other tasks' } as const;

/** Reclaim of a cgroup is in its own counters alone. Those of cgroup v1 have no such counters. */
function groupChecks(summary: TraceSummary, memoryStat: Delta): readonly Comparison[] {
  const sums = summary.field_sums.mm_vmscan_lru_shrink_inactive;
  const rows = [
    ['pgscan', 'nr_scanned'],
    ['pgsteal', 'nr_reclaimed'],
    ['pgscan_direct', 'nr_scanned'],
    ['pgsteal_direct', 'nr_reclaimed'],
  ] as const;
  return rows
    .filter(([counter]) => counter in memoryStat)
    .map(([counter, field]) =>
      check(
        `${counter} of the cgroup`,
        `cgroup memory.stat ${counter} vs sum of ${field} (all tasks; reclaim of a cgroup is not counted in /proc/vmstat)`,
        `sum of ${field} over mm_vmscan_lru_shrink_inactive by all tasks`,
        sums?.[field] ?? 0,
        memoryStat[counter]!,
      ),
    );
}

function check(label: string, figure: string, counts: string, trace: Exact, vmstat: number): Comparison {
  return { label, figure, counts, trace, vmstat, equal: trace === vmstat };
}
