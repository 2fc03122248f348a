import type { KnobValues } from '../../abi/knob.ts';
import type { MetricName } from '../../abi/metrics.ts';

// What stands behind a posted table: the machine, the test and the kernels, each with its reason. One description per machine
// and one workload per test, for all kernels and all tables; nothing here is tuned to a table.

/** A test machine of the mails, made small. */
export interface MachineRow {
  readonly id: string;
  readonly publishedMib: number;
  /** Share of the published memory that is simulated. */
  readonly scale: number;
  readonly knobs: KnobValues;
  readonly why: string;
}

const SWAP = 'swap is twice the memory (model.md §11.5 P-B; the mails do not say)';
const ONE_DISK = 'one SATA disk, XFS';

export const MACHINES: readonly MachineRow[] = [
  {
    id: 'phenom-2g',
    publishedMib: 2048,
    scale: 1 / 32,
    knobs: { 'machine.ncpu': 4, 'machine.filesystem': 'xfs' },
    why: `V1 to V3: AMD Phenom, 4 cores, 2 GB, ${ONE_DISK}, dirty_ratio 20 (history.md §2.0; the first table names no machine); ${SWAP}`,
  },
  {
    id: 'phenom-3g',
    publishedMib: 3072,
    scale: 1 / 32,
    knobs: { 'machine.ncpu': 4, 'machine.filesystem': 'xfs' },
    why: `V4 to V6 and September 2010, X86-64: AMD Phenom, 4 cores, 3 GB, ${ONE_DISK}, dirty_ratio 20 (history.md §2.0); ${SWAP}`,
  },
  {
    id: 'x86-3g',
    publishedMib: 3072,
    scale: 1 / 32,
    knobs: { 'machine.arch': 'x86', 'machine.ncpu': 2, 'machine.filesystem': 'xfs' },
    why: `V4 to V6 and September 2010, X86: Pentium 4 with 2 logical CPUs, 3 GB, ${ONE_DISK} (history.md §2.0; scaled down it has no high memory); ${SWAP}`,
  },
  {
    id: 'ppc64-3g',
    publishedMib: 3072,
    scale: 1 / 32,
    knobs: { 'machine.arch': 'ppc64-4k', 'machine.ncpu': 4, 'machine.filesystem': 'xfs' },
    why: `V4 to V6 and September 2010, PPC64: PPC970MP, 3 GB, ${ONE_DISK} (history.md §2.0; its page size is not given: 4 KiB); ${SWAP}`,
  },
  {
    id: 'mem-512m',
    publishedMib: 512,
    scale: 1,
    knobs: { 'disk.write_cache_mib': 16, 'machine.ncpu': 1, 'machine.filesystem': 'xfs' },
    why: `July 2011, first posting: nr_cpus=1 mem=512M, XFS shown (history.md §2.0); the drive’s write cache is on, or the posted 7 files of 10 MB a second could not be; ${SWAP}`,
  },
];

/** A test of the mails: one workload, perhaps with several settings whose counters add up as they did in the test. */
export interface TestRow {
  readonly id: string;
  readonly workload: string;
  /**
   * Memory of the machine that the workload's published sizes belong to, MiB: workload.scale is the simulated share of it.
   * Absent: the workload takes its sizes from the memory it finds.
   */
  readonly boxMib?: number;
  /** In place of the machine's. */
  readonly scale?: number;
  /** Virtual seconds of each part. */
  readonly seconds: number;
  readonly parts: readonly { readonly label: string; readonly knobs: KnobValues }[];
  /** The test was over when so much of this was done: every count is taken per unit of it, and its inverse is "Elapsed". */
  readonly work: MetricName;
  /** How long that took; absent: all of the run. */
  readonly elapsed?: MetricName;
  readonly why: string;
}

const whole = [{ label: 'whole', knobs: {} }];

export const TESTS: readonly TestRow[] = [
  {
    id: 'sysbench',
    workload: 'sysbench',
    boxMib: 2048,
    seconds: 300,
    parts: [1, 2, 3, 4, 5, 6, 7, 8].map((threads) => ({
      label: `threads ${threads}`,
      knobs: { 'workload.threads': threads },
    })),
    work: 'pages_touched',
    why: 'read/write OLTP with 1 to 8 threads, each for the same time (history.md §2.0)',
  },
  {
    id: 'simplewb',
    workload: 'simple-writeback',
    boxMib: 2048,
    seconds: 20,
    parts: [4, 8, 16, 32, 64].map((writers) => ({
      label: `writers ${writers}`,
      knobs: { 'workload.dd_writers': writers },
    })),
    work: 'pages_dirtied',
    why: 'dd with conv=fsync, 4 writers doubling to 64, 4 × RAM each time (history.md §2.0)',
  },
  {
    id: 'highalloc',
    workload: 'stress-highalloc',
    scale: 1 / 8,
    seconds: 1200,
    parts: [{ label: 'whole', knobs: { 'machine.reserved_percent': 1, 'machine.unmovable_percent': 5 } }],
    work: 'huge_attempts',
    elapsed: 'huge_elapsed_s',
    why: 'builds of 1.5 × RAM, then all of memory as huge pages, twice under load and at rest; 2 MiB pages want 256 MiB (model.md §11.5 P-D, with its 5 % of unmovable frames)',
  },
  {
    id: 'oom',
    workload: 'oom-stress',
    boxMib: 2048,
    seconds: 60,
    parts: whole,
    work: 'pages_touched',
    why: 'a compile per CPU, writers and anonymous dirtiers that total RAM each (note of the V3 table)',
  },
  {
    id: 'micro-read',
    workload: 'mapped-stream',
    boxMib: 2048,
    scale: 1 / 4,
    seconds: 10,
    parts: whole,
    work: 'pages_touched',
    why: 'micro-mapped-file-stream, September 2010: a sparse file streamed through a mapping; the table has no writes; it costs no disk, so a larger machine can be afforded',
  },
  {
    id: 'micro-write',
    workload: 'mapped-stream',
    boxMib: 2048,
    seconds: 30,
    parts: [{ label: 'whole', knobs: { 'workload.mapped_access': 'store' } }],
    work: 'pages_touched',
    why: 'July 2011: streaming write of a mapping (title of the table)',
  },
  {
    id: 'fsmark',
    workload: 'fs-mark',
    boxMib: 512,
    seconds: 60,
    parts: whole,
    work: 'pages_dirtied',
    why: 'fs_mark -t 1 -S0 -s 10485760: files of 10 MB, 3 × RAM (history.md §2.0)',
  },
];

/** Which test and machine a table is about, read off its id: the first row that matches. */
export interface TableRule {
  readonly id: RegExp;
  readonly test: string;
  readonly machine: string;
  readonly knobs?: KnobValues;
}

export const TABLE_RULES: readonly TableRule[] = [
  { id: /^V[23]-sysbench-40$/, test: 'sysbench', machine: 'phenom-2g', knobs: { 'vm.dirty_ratio': 40 } },
  { id: /^V[23]-sysbench(-perf)?$/, test: 'sysbench', machine: 'phenom-2g' },
  { id: /^V(1x|2|3)-simplewb$/, test: 'simplewb', machine: 'phenom-2g' },
  { id: /^V[23]-highalloc$/, test: 'highalloc', machine: 'phenom-2g' },
  { id: /^V3-oom$/, test: 'oom', machine: 'phenom-2g' },
  { id: /^V[456]\w*-sysbench-x8664$/, test: 'sysbench', machine: 'phenom-3g' },
  { id: /^V[456]\w*-sysbench-x86$/, test: 'sysbench', machine: 'x86-3g' },
  { id: /^V[456]\w*-sysbench-ppc64$/, test: 'sysbench', machine: 'ppc64-3g' },
  { id: /^(V[456]\w*|Sep10)-highalloc-x8664$/, test: 'highalloc', machine: 'phenom-3g' },
  { id: /^(V[456]\w*|Sep10)-highalloc-x86$/, test: 'highalloc', machine: 'x86-3g' },
  { id: /^(V[456]\w*|Sep10)-highalloc-ppc64$/, test: 'highalloc', machine: 'ppc64-3g' },
  { id: /^Sep10-micro-x8664$/, test: 'micro-read', machine: 'phenom-3g' },
  { id: /^Sep10-micro-x86$/, test: 'micro-read', machine: 'x86-3g' },
  { id: /^Sep10-micro-ppc64$/, test: 'micro-read', machine: 'ppc64-3g' },
  { id: /^Jul11v1-fsmark/, test: 'fsmark', machine: 'mem-512m' },
  { id: /^Jul11v1-micro/, test: 'micro-write', machine: 'mem-512m' },
];

/** Which kernel a column is: table and column by pattern, the first row that matches. */
export interface ColumnRule {
  readonly table: RegExp;
  readonly column: RegExp;
  readonly kernel: string;
  readonly knobs?: KnobValues;
  readonly why: string;
}

const NO_GUARD: KnobValues = { 'policy.fs_reclaim_guard': 'none' };
const NO_CONGESTION_WAIT: KnobValues = { 'policy.reclaim_naps': 'v2.6.37' };
const LINUX_3_0: KnobValues = {
  'policy.reclaim_naps': 'v2.6.37',
  'policy.lumpy_stall': 'v2.6.37',
  'policy.dirty_limits': 'v2.6.37',
  'policy.flusher_work': 'v2.6.38',
  'policy.kswapd_gap': 'one-percent',
};
const LESS_KSWAPD: KnobValues = { 'policy.direct_file': 'no', 'policy.kswapd_file': 'below-priority' };

export const COLUMN_RULES: readonly ColumnRule[] = [
  {
    table: /^V/,
    column: /^(traceonly|stackreduce)/,
    kernel: 'v2.6.35-rc2',
    why: 'tracepoints only; the stack diet changes no behaviour',
  },
  { table: /^V1x-/, column: /^nodirect/, kernel: 'rfc-v1', why: 'posted while V1 was under discussion' },
  { table: /^V2-/, column: /^nodirect-v2/, kernel: 'rfc-v2', why: 'all patches of V2' },
  {
    table: /^V3-/,
    column: /^nodirect-v3/,
    kernel: 'rfc-v3',
    knobs: NO_GUARD,
    why: 'all patches of V3, which take the PF_MEMALLOC test out of XFS (history.md, surprise 8)',
  },
  {
    table: /^V4-/,
    column: /^nodirect-v4/,
    kernel: 'rfc-v4',
    knobs: { ...NO_GUARD, 'policy.flusher_kick': 'by-scanned' },
    why: 'V4 without its patch 8, which is flushforward; the PF_MEMALLOC test is out of XFS',
  },
  {
    table: /^V4-/,
    column: /^flushforward-v4/,
    kernel: 'rfc-v4',
    knobs: NO_GUARD,
    why: 'V4 with patch 8; its patch 7 (oldest inodes first) is left out',
  },
  { table: /^V5/, column: /^nodirect-v5/, kernel: 'rfc-v5', why: 'V5 without its flusher patches' },
  { table: /^V6-/, column: /^nodirect-v6/, kernel: 'rfc-v6', why: 'V6, patches 1 to 5' },
  { table: /^V6-/, column: /^flushforward-v6/, kernel: 'rfc-v6-flush', why: 'V6, patches 1 to 6' },
  { table: /^Sep10-/, column: /^traceonly/, kernel: 'v2.6.36', why: 'the series was made on 2.6.36-rc3' },
  {
    table: /^Sep10-/,
    column: /^nocongest/,
    kernel: 'v2.6.36',
    knobs: NO_CONGESTION_WAIT,
    why: 'wait_iff_congested in direct reclaim and in the allocator',
  },
  {
    table: /^Sep10-/,
    column: /^lowlumpy/,
    kernel: 'v2.6.36',
    knobs: { ...NO_CONGESTION_WAIT, 'policy.lumpy_stall': 'v2.6.37' },
    why: 'and lumpy reclaim narrowed',
  },
  {
    table: /^Sep10-/,
    column: /^nodirect/,
    kernel: 'v2.6.36',
    knobs: { ...NO_CONGESTION_WAIT, 'policy.lumpy_stall': 'v2.6.37', 'policy.direct_file': 'no' },
    why: 'and no file pages written by direct reclaim',
  },
  {
    table: /^Jul11v1-/,
    column: /^(vanilla|traceonly)/,
    kernel: 'v2.6.36',
    knobs: LINUX_3_0,
    why: '3.0-rc6 was not read: 2.6.36 with the rules of 2.6.37 to 2.6.39 that were',
  },
  {
    table: /^Jul11v1-/,
    column: /^nodirectwb/,
    kernel: 'v2.6.36',
    knobs: { ...LINUX_3_0, 'policy.direct_file': 'no' },
    why: 'patch 1: no file pages written by direct reclaim',
  },
  {
    table: /^Jul11v1-/,
    column: /^lesskswapdwb/,
    kernel: 'v2.6.36',
    knobs: { ...LINUX_3_0, ...LESS_KSWAPD },
    why: 'patch 2: kswapd writes file pages in trouble only',
  },
  {
    table: /^Jul11v1-/,
    column: /^throttle/,
    kernel: 'v2.6.36',
    knobs: { ...LINUX_3_0, ...LESS_KSWAPD, 'policy.reclaim_naps': 'v3.2' },
    why: 'patch 3: naps by the share of a batch that is under writeback',
  },
  {
    table: /^Jul11v1-/,
    column: /^immediate/,
    kernel: 'v2.6.36',
    knobs: { ...LINUX_3_0, ...LESS_KSWAPD, 'policy.reclaim_naps': 'v3.2', 'policy.skipped_dirty': 'tag' },
    why: 'patch 4: skipped pages are tagged for immediate reclaim; the inode priority of patch 5 is left out',
  },
];
