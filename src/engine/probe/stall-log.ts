import { ACTOR } from '../../abi/actor.ts';
import { STALL_CAUSES, type Stall, type StallList } from '../../abi/stall.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import { MS, type Ns } from '../../abi/units.ts';
import type { Instruments } from '../machine/instruments.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import { TASK, type Task } from '../machine/task.ts';
import { WAIT_INODE_SYNC, WAIT_IO_GROUP, WAIT_PAGE_LOCK, WAIT_PAGE_WRITEBACK, WAIT_REQUEST } from '../machine/waits.ts';
import { SLEEPING } from '../sim/kthread.ts';
import { DiskLog } from './disk-log.ts';
import { PageCauses } from './page-causes.ts';
import { SleepLog } from './sleep-log.ts';
import { linksOf, reasonOf } from './stall-links.ts';

const DIRECT = STALL_CAUSES.indexOf('direct reclaim');
const MEMCG = STALL_CAUSES.indexOf('memcg reclaim');
const THROTTLED = STALL_CAUSES.indexOf('throttled');
const WAITING = STALL_CAUSES.indexOf('waiting');
const ACTOR_OF = { [DIRECT]: ACTOR.DIRECT, [MEMCG]: ACTOR.MEMCG } as Readonly<Record<number, number>>;

/** Shorter ones nobody sees. */
const LEAST_NS: Ns = MS;
/** The longest that are kept. */
const STALLS_MOST = 1000;

const BEGINS: Readonly<Record<number, number>> = {
  [TRACE_ID.directReclaimBegin]: DIRECT,
  [TRACE_ID.memcgReclaimBegin]: MEMCG,
};
const ENDS = new Set<number>([TRACE_ID.directReclaimEnd, TRACE_ID.memcgReclaimEnd]);

interface Open {
  readonly cause: number;
  readonly fromNs: Ns;
}

/** The stalls of a machine's programs, each with where its time went. */
export class StallLog {
  readonly instruments: Instruments;
  private readonly causes = new PageCauses();
  private readonly sleeps = new SleepLog(this.causes);
  private readonly disks = new DiskLog();
  private readonly open: (Open | undefined)[] = [];
  private traceRead = 0;
  private kept: Stall[] = [];
  private count = 0;
  private totalNs: Ns = 0;

  constructor() {
    this.instruments = { pages: (columns, k) => this.causes.watch(columns, k) };
  }

  readonly afterEvent = (k: Kernel): void => {
    this.sleeps.afterEvent(k);
    this.disks.afterEvent(k);
    this.readTrace(k);
    for (const thread of k.sim.threads) if (thread.kind === TASK) this.look(k, thread as Task);
  };

  list(): StallList {
    return { stalls: longest(this.kept), count: this.count, totalNs: this.totalNs };
  }

  /** Reclaim says itself when it begins and ends. */
  private readTrace(k: Kernel): void {
    const { trace } = k;
    for (let n = this.traceRead; n < trace.emitted; n++) {
      const row = n % trace.capacity;
      const id = trace.id[row]!;
      const cause = BEGINS[id];
      const task = trace.thread[row]!;
      if (cause !== undefined) this.open[task] = { cause, fromNs: trace.timeNs[row]! };
      else if (ENDS.has(id)) this.close(k, k.task(task), trace.timeNs[row]!);
    }
    this.traceRead = trace.emitted;
  }

  /** What is no reclaim is known by its sleeps: pauses of a dirtier, and waits for what others hold. */
  private look(k: Kernel, t: Task): void {
    const open = this.open[t.id];
    if (open !== undefined && open.cause < THROTTLED) return;
    const isAsleep = t.state === SLEEPING && t.waitKind > NONE;
    const cause = isAsleep ? causeOf(k, t) : NONE;
    if (open !== undefined && (cause !== open.cause || (cause === WAITING && t.sleptAtNs > open.fromNs))) {
      const last = this.sleeps.of[t.id]!.findLast(({ toNs }) => toNs < Infinity);
      this.close(k, t, last?.toNs ?? k.nowNs);
    }
    if (cause !== NONE) this.open[t.id] ??= { cause, fromNs: t.sleptAtNs };
  }

  private close(k: Kernel, t: Task, toNs: Ns): void {
    const open = this.open[t.id];
    this.open[t.id] = undefined;
    if (open === undefined || toNs - open.fromNs < LEAST_NS) return;
    const { cause, fromNs } = open;
    const links = linksOf(k, t.id, fromNs, toNs, this.sleeps, this.disks);
    const task = { thread: t.id, letter: t.letter, name: t.name, actor: ACTOR_OF[cause] ?? ACTOR.TASK };
    this.kept.push({ task, cause, fromNs, toNs, reason: reasonOf(links), links });
    this.count++;
    this.totalNs += toNs - fromNs;
    if (this.kept.length > 2 * STALLS_MOST) this.kept = longest(this.kept);
    for (const { id } of k.sim.threads) this.sleeps.forget(id, fromNs - 10e9);
  }
}

const longest = (stalls: readonly Stall[]): Stall[] =>
  stalls.toSorted((a, b) => b.toNs - b.fromNs - (a.toNs - a.fromNs)).slice(0, STALLS_MOST);

/** Why a sleep outside of reclaim holds a program up; NONE: it is what the program itself asked for, its read or fsync. */
function causeOf(k: Kernel, t: Task): number {
  const stack = t.fns.map((fn) => k.sched.table[fn]!.name);
  if (stack.includes('balance_dirty_pages')) return THROTTLED;
  if (stack.includes('vfs_fsync_range')) return NONE;
  switch (t.waitKind) {
    case WAIT_PAGE_LOCK:
      return k.pages.columns.lockedBy[t.waitId]! >= 0 ? WAITING : NONE;
    case WAIT_REQUEST:
    case WAIT_INODE_SYNC:
    case WAIT_IO_GROUP:
    case WAIT_PAGE_WRITEBACK:
      return WAITING;
    default:
      return NONE;
  }
}
