import type { Knob } from '../../abi/knob.ts';
import { fileAt, type PlanRequest, type TaskPlan, type Workload, type WorkloadPlan } from '../machine/workload.ts';
import { createPrng } from '../sim/prng.ts';
import { type DatabaseFrame, databaseThread } from './programs/database.ts';
import { anonOf, SCALE_KNOB, scaled } from './shared.ts';

/** Sizes on the published 2 GiB machine (history.md §2.0; model.md §11.5 P-E: a file of 4 × RAM). */
const MEMORY_MIB = 2048;
const TABLE_MIB = 4 * MEMORY_MIB;
/** PostgreSQL's default: checkpoint_segments 3, segments of 16 MB, so the log is a ring of seven of them. */
const LOG_MIB = 112;

const ACCESS_KNOBS: readonly Knob[] = [
  SCALE_KNOB,
  {
    kind: 'number',
    path: 'workload.threads',
    label: 'threads',
    doc: 'Connections that work at the same time.',
    source: 'history.md §2.0: sysbench with 1 to 8 threads',
    live: false,
    unit: 'tasks',
    min: 1,
    max: 64,
    step: 1,
    initial: 8,
  },
  {
    kind: 'number',
    path: 'workload.read_percent',
    label: 'reads',
    doc: 'Share of the accesses that only read their 8 KiB; the others write them as well.',
    source: 'sysbench 0.4 manual, OLTP: 14 of a transaction’s 18 statements select',
    live: true,
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    initial: 78,
  },
  {
    kind: 'number',
    path: 'workload.accesses_per_commit',
    label: 'accesses per commit',
    doc: 'Random accesses between two commits of a thread.',
    source: 'sysbench 0.4 manual, OLTP: 18 statements a transaction; one block each (assumed)',
    live: true,
    unit: 'accesses',
    min: 1,
    max: 100000,
    step: 1,
    initial: 18,
  },
  {
    kind: 'switch',
    path: 'workload.fsync',
    label: 'fsync at commit',
    doc: 'A commit waits until it is on disk.',
    source: 'PostgreSQL manual: fsync and synchronous_commit are on by default',
    live: true,
    initial: true,
  },
  {
    kind: 'number',
    path: 'workload.hot_percent',
    label: 'hot accesses',
    doc: 'Share of the accesses that go to the hot 1 % of the table, which the buffers hold: the kernel sees only their writes.',
    source: 'sysbench 0.4 manual: --oltp-dist-type=special, --oltp-dist-pct=1, --oltp-dist-res=75',
    live: true,
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    initial: 75,
  },
  {
    kind: 'number',
    path: 'workload.thread_memory_percent',
    label: 'memory per thread',
    doc: 'Anonymous memory that each thread works in, as a share of the machine’s memory; 0: none.',
    source: 'history.md §2.0: large thread counts swap; so much per thread is assumed, eight want 80 % of memory',
    live: false,
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    initial: 10,
  },
];

/** `log`: commits append to a log of their own; otherwise they fsync the table. */
function plan({ knobs, seed, diskSectors }: PlanRequest, log: boolean): WorkloadPlan {
  const threads = knobs['workload.threads'] as number;
  const memory = (knobs['workload.thread_memory_percent'] as number) / 100;
  const table = fileAt('table', scaled(knobs, TABLE_MIB), 0.35, diskSectors, false);
  const files = log ? [table, fileAt('log', scaled(knobs, LOG_MIB), 0.1, diskSectors, false)] : [table];
  const buffers = Array.from({ length: memory === 0 ? 0 : threads }, (_, at) =>
    anonOf(`buffers-${at + 1}`, scaled(knobs, MEMORY_MIB * memory)),
  );
  const tasks = Array.from({ length: threads }, (_, at): TaskPlan => {
    const frame: DatabaseFrame = {
      table: 0,
      log: log ? 1 : -1,
      rng: createPrng(seed, at + 1),
      left: knobs['workload.accesses_per_commit'] as number,
      block: 0,
      isWrite: false,
      logPos: 0,
      prepares: at === 0,
      filled: 0,
    };
    const mm = buffers.length === 0 ? {} : { mm: files.length + at };
    return {
      name: `database-${at + 1}`,
      letter: `D${at + 1}`,
      ...mm,
      totalVmPages: 256,
      program: databaseThread,
      frame,
    };
  });
  return { spaces: [...files, ...buffers], memcgs: [], tasks };
}

/** The V2 to V6 mails' test: read/write OLTP on a PostgreSQL table larger than memory. */
export const sysbench: Workload = {
  id: 'sysbench',
  title: 'sysbench-like OLTP on a table larger than memory',
  knobs: ACCESS_KNOBS,
  plan: (request) => plan(request, true),
};

/** model.md §11.5 P-E: random reads and writes of one file of 4 × RAM, each thread with an fsync of it now and then. */
export const databaseFsync: Workload = {
  id: 'database-fsync',
  title: 'Random 8 KiB accesses to one file, with fsync of it',
  knobs: ACCESS_KNOBS,
  plan: (request) => plan(request, false),
};
