import { PAGE_BYTES, type Pages } from '../../../abi/units.ts';
import { TOUCH_NS } from '../../machine/costs.ts';
import type { Kernel } from '../../machine/kernel.ts';
import { kernelFunction } from '../../machine/kernel-function.ts';
import { NONE } from '../../machine/page-table.ts';
import type { Task } from '../../machine/task.ts';
import { pageOfUnit, unitsOf } from '../../machine/workload.ts';
import { andThen, type Frame, goto, type Next, steps } from '../../sim/kthread.ts';
import { below, type PrngState } from '../../sim/prng.ts';
import { knobNow, thinkThen, USER_BYTES } from '../shared.ts';

/** A block of the database: PostgreSQL's BLCKSZ, 8 KiB. */
const BLOCK_PAGES: Pages = 2;
const BLOCK_BYTES = BLOCK_PAGES * PAGE_BYTES;

/** Bytes of one write() of the load, and how often the others look whether it is over. */
const FILL_BYTES = 65536;
const LOOKS_PER_S = 10;

export interface DatabaseFrame extends Frame {
  readonly table: number;
  /** File that a commit appends to and fsyncs; -1: a commit fsyncs the table itself. */
  readonly log: number;
  readonly rng: PrngState;
  /** Accesses of the transaction still to come. */
  left: number;
  /** Of the access in hand. */
  block: number;
  isWrite: boolean;
  logPos: number;
  /** Fills the table before the first transaction; the others wait for it. */
  readonly prepares: boolean;
  /** Bytes of the table filled so far. */
  filled: number;
}
const at = steps('prepare', 'prepared', 'next', 'found', 'read', 'wrote', 'commit', 'logged', 'synced');

/**
 * One database connection. The first one loads the table front to back; then all do transactions of random 8 KiB accesses,
 * and a commit that is on disk when it answers. An access looks its block up in the connection's buffers (anonymous memory),
 * reads it, and writes it if it is an update.
 */
export const databaseThread = kernelFunction<DatabaseFrame, keyof typeof at>('database_thread', USER_BYTES, at, {
  prepare: (k, f, t) => {
    const space = k.space(f.table);
    if (isPrepared(k, f.table)) return goto(t, at.next);
    if (!f.prepares) return thinkThen(k, t, LOOKS_PER_S, at.prepare);
    const pos = f.filled;
    f.filled += FILL_BYTES;
    return andThen(t, f, at.prepared, k.call.sysWrite(k, t, space, pos, FILL_BYTES));
  },
  prepared: (k, _f, t) => thinkThen(k, t, 0, at.prepare),
  next: (k, f, t) => {
    if (f.left <= 0) return goto(t, at.commit);
    f.left--;
    return lookUp(k, f, t);
  },
  found: (k, f, t) => {
    if (isHot(k, f.table, f.block)) return goto(t, at.read); // in the buffers: the kernel sees no read
    return andThen(t, f, at.read, k.call.sysRead(k, t, k.space(f.table), f.block * BLOCK_BYTES, BLOCK_BYTES));
  },
  read: (k, f, t) => {
    if (!f.isWrite) return goto(t, at.wrote);
    return andThen(t, f, at.wrote, k.call.sysWrite(k, t, k.space(f.table), f.block * BLOCK_BYTES, BLOCK_BYTES));
  },
  wrote: (k, _f, t) => thinkThen(k, t, 0, at.next),
  commit: (k, f, t) => {
    f.left = knobNow(k, 'workload.accesses_per_commit');
    if (k.m.workload['workload.fsync'] !== true) return goto(t, at.synced);
    if (f.log < 0) return andThen(t, f, at.synced, k.call.syncInode(k, t, k.space(f.table)));
    const log = k.space(f.log);
    if (f.logPos + BLOCK_BYTES > unitsOf(log) * PAGE_BYTES) f.logPos = 0;
    const pos = f.logPos;
    f.logPos += BLOCK_BYTES;
    return andThen(t, f, at.logged, k.call.sysWrite(k, t, log, pos, BLOCK_BYTES));
  },
  logged: (k, f, t) => andThen(t, f, at.synced, k.call.syncInode(k, t, k.space(f.log))),
  synced: (k, _f, t) => thinkThen(k, t, 0, at.next),
});

/** Chooses the block and touches a page of the buffers: the same numbers are drawn whatever the kernel does (E36). */
function lookUp(k: Kernel, f: DatabaseFrame, t: Task): Next {
  const blocks = blocksOf(k, f.table);
  const hot = hotBlocks(blocks);
  f.isWrite = below(f.rng, 100) >= knobNow(k, 'workload.read_percent');
  f.block =
    below(f.rng, 100) < knobNow(k, 'workload.hot_percent')
      ? firstHot(blocks) + below(f.rng, hot)
      : below(f.rng, blocks);
  if (t.mm >= 0) {
    return andThen(
      t,
      f,
      at.found,
      k.call.touchAnon(k, t, pageOfUnit(k, below(f.rng, unitsOf(k.space(t.mm)))), f.isWrite),
    );
  }
  t.cpuDebtNs += TOUCH_NS; // without buffers of its own it still has to find the block
  return goto(t, at.found);
}

/** The last page of the table has been written. */
function isPrepared(k: Kernel, table: number): boolean {
  const space = k.space(table);
  const last = space.sizePages - 1;
  return space.diskVersion[last] !== 0 || space.pageOf[last] !== NONE;
}

function blocksOf(k: Kernel, table: number): number {
  return Math.max(1, Math.floor(unitsOf(k.space(table)) / BLOCK_PAGES));
}

/** sysbench's "special" rows: 1 % of the table, in its middle. */
function hotBlocks(blocks: number): number {
  return Math.max(1, Math.floor(blocks / 100));
}
function firstHot(blocks: number): number {
  return Math.floor((blocks - hotBlocks(blocks)) / 2);
}
function isHot(k: Kernel, table: number, block: number): boolean {
  const blocks = blocksOf(k, table);
  const first = firstHot(blocks);
  return knobNow(k, 'workload.hot_percent') > 0 && block >= first && block < first + hotBlocks(blocks);
}
