import type { PageName } from '../../abi/page-life.ts';
import type { StallReason } from '../../abi/stall.ts';
import type { Ns, Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import type { Task } from '../machine/task.ts';
import {
  WAIT_CONGESTION,
  WAIT_INODE_SYNC,
  WAIT_PAGE_LOCK,
  WAIT_PAGE_WRITEBACK,
  WAIT_REQUEST,
  WAIT_TIMER,
} from '../machine/waits.ts';
import { SLEEPING } from '../sim/kthread.ts';
import type { PageCauses } from './page-causes.ts';

/** One sleep of a thread. */
export interface Sleep {
  readonly fromNs: Ns;
  toNs: Ns;
  /** The kernel's name for it. */
  readonly what: string;
  readonly waitKind: number;
  /** Functions on the stack, innermost first. */
  readonly stack: readonly string[];
  /** The page it is about, and how that came to where it was met. */
  readonly pfn: Pfn;
  readonly page?: PageName;
  readonly pageSays: string;
  readonly causes: readonly StallReason[];
  /** Who holds the page lock that is waited for; -1: nobody, or a read. */
  readonly heldBy: number;
  /** The disk whose work ends it; -1: none. */
  readonly disk: number;
}

const NAMES: Readonly<Record<number, string>> = {
  [WAIT_PAGE_LOCK]: 'lock_page',
  [WAIT_PAGE_WRITEBACK]: 'wait_on_page_writeback',
  [WAIT_REQUEST]: 'get_request_wait',
  [WAIT_CONGESTION]: 'congestion_wait',
  [WAIT_INODE_SYNC]: 'inode_wait_for_writeback',
};

/** Every sleep of every thread, with where it slept and what for. */
export class SleepLog {
  readonly of: Sleep[][] = [];
  private readonly seq: number[] = [];
  private readonly causes: PageCauses;
  /** When the event being run began. */
  private startNs: Ns = 0;

  constructor(causes: PageCauses) {
    this.causes = causes;
  }

  afterEvent(k: Kernel): void {
    for (const thread of k.sim.threads) this.look(k, thread as Task);
    this.startNs = k.sched.nextDueNs();
  }

  private look(k: Kernel, t: Task): void {
    const { id } = t;
    this.of[id] ??= [];
    const sleeps = this.of[id];
    if (this.seq[id] !== t.sleepSeq || t.state !== SLEEPING) {
      const last = sleeps.at(-1);
      if (last?.toNs === Infinity) last.toNs = this.startNs;
    }
    if (t.state === SLEEPING && this.seq[id] !== t.sleepSeq) {
      this.seq[id] = t.sleepSeq;
      sleeps.push(sleepOf(k, t, this.causes));
    }
  }

  /** Forgets what ended before `ns`. */
  forget(id: number, ns: Ns): void {
    const sleeps = this.of[id];
    if (sleeps !== undefined && sleeps.length > 4096) this.of[id] = sleeps.filter(({ toNs }) => toNs >= ns);
  }
}

function sleepOf(k: Kernel, t: Task, causes: PageCauses): Sleep {
  const stack = t.fns.map((fn) => k.sched.table[fn]!.name).reverse();
  const pfn = pageOf(t);
  const { waitKind } = t;
  const name = nameOf(k, pfn);
  const heldBy = waitKind === WAIT_PAGE_LOCK ? k.pages.columns.lockedBy[pfn]! : NONE;
  return {
    fromNs: t.sleptAtNs,
    toNs: Infinity,
    what: whatOf(waitKind, stack),
    waitKind,
    stack,
    pfn,
    ...(name === undefined ? {} : { page: name }),
    pageSays: name === undefined ? '' : `page ${name.index} of ${k.space(name.space).name}`,
    causes: pfn === NONE ? [] : causes.of(pfn),
    heldBy: Math.max(NONE, heldBy),
    disk: diskOf(k, t, pfn),
  };
}

function whatOf(waitKind: number, stack: readonly string[]): string {
  if (waitKind === WAIT_TIMER)
    return stack.includes('balance_dirty_pages') ? 'io_schedule_timeout' : 'schedule_timeout';
  return NAMES[waitKind] ?? stack[0] ?? 'asleep';
}

/** The page that a sleep is about: what is waited for, or what is being written. */
function pageOf(t: Task): Pfn {
  if (t.waitKind === WAIT_PAGE_LOCK || t.waitKind === WAIT_PAGE_WRITEBACK) return t.waitId;
  for (const frame of t.stack.toReversed()) {
    const { bio } = frame as { bio?: { pfns: readonly Pfn[] } };
    if (bio !== undefined) return bio.pfns[0]!;
  }
  return NONE;
}

function nameOf(k: Kernel, pfn: Pfn): PageName | undefined {
  if (pfn === NONE) return undefined;
  const { space, index } = k.pages.columns;
  return index[pfn] === NONE || k.m.spaces[space[pfn]!] === undefined
    ? undefined
    : { space: space[pfn]!, index: index[pfn]! };
}

function diskOf(k: Kernel, t: Task, pfn: Pfn): number {
  if (t.waitKind === WAIT_REQUEST) return t.waitId >> 1;
  if (t.waitKind === WAIT_CONGESTION) return 0;
  if (pfn === NONE) return NONE;
  if (k.pages.isSwapBacked(pfn)) return k.swap.disk;
  return k.m.spaces[k.pages.columns.space[pfn]!]?.disk ?? NONE;
}
