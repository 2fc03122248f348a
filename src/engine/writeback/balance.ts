import type { Ns, Pages } from '../../abi/units.ts';
import type { Bdi } from '../machine/bdi.ts';
import { jiffiesToNs } from '../machine/config.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Space } from '../machine/space.ts';
import { setWbc, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_TIMER } from '../machine/waits.ts';
import { wbOf } from '../machine/wb.ts';
import { andThen, BLOCKED, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { balanceIoLess } from './balance-io-less.ts';
import { traceHeld, traceLetGo } from './held.ts';
import { bdiPages, bdiThreshold, dirtyLimits, ratelimitPages, writeChunkOf } from './limits.ts';
import { balanceMemcgDirtyPages, isOverMemcgLimit } from './memcg-balance.ts';
import { isWritebackInProgress, startBackgroundWriteback } from './works.ts';
import { writebackInodesWb } from './writeback-inodes.ts';

/** Pages dirtied between two looks at the limits once the bdi was over its own (R5.6). */
const RATELIMIT_EXCEEDED = 8;

/**
 * balance_dirty_pages_ratelimited(): called after every page dirtied, so nearly always one comparison (R5.6). The
 * counter is the CPU's, and each task has its own CPU. May block.
 */
export function balanceDirtyPagesRatelimited(k: Kernel, t: Task, space: Space): number {
  const dirtied = ++t.dirtiedSinceCheck;
  if (!k.policy.dirtyThrottling.dirtierWrites) return balanceIoLess(k, t, space, dirtied);
  if (dirtied < RATELIMIT_EXCEEDED) return 0;
  const ratelimit = ratelimitPages(k);
  if (!k.bdiOf(space).dirtyExceeded && dirtied < ratelimit) return 0;
  t.dirtiedSinceCheck = 0;
  return balanceDirtyPages(k, t, space, writeChunkOf(dirtied, ratelimit));
}

interface BalanceFrame extends Frame {
  /** The file that was dirtied: its disk is the one that counts. */
  readonly space: number;
  readonly writeChunk: Pages;
  pagesWritten: Pages;
  pauseJiffies: number;
  /** What the last look outside the free-run zone found. */
  isExceeded: boolean;
  /** Up to where the time spent here is counted. */
  countedNs: Ns;
  countedRanNs: Ns;
}
const at = steps('look', 'written', 'paused');

/** balance_dirty_pages(): R5.7. The dirtier itself writes, then pauses longer and longer (R5.8). */
function balanceDirtyPages(k: Kernel, t: Task, space: Space, writeChunk: Pages): number {
  const isHeld = isOverMemcgLimit(k, t, space);
  if (!isHeld && lookAtLimits(k, k.bdiOf(space), t) !== EXCEEDED) {
    leave(k, t, space, 0, false);
    return 0;
  }
  enter(t, balanceFunction, {
    space: space.id,
    writeChunk,
    pagesWritten: 0,
    pauseJiffies: 1,
    isExceeded: false,
    countedNs: k.nowNs,
    countedRanNs: t.ranNs,
  });
  traceHeld(k, t);
  return isHeld ? balanceMemcgDirtyPages(k, t, space, writeChunk) : BLOCKED;
}

const FREE_RUN = 0;
const WITHIN = 1;
const EXCEEDED = 2;

/**
 * Below its own limit, or in the free-run zone that ends half-way between the two global ones. 2.6.36 asks about the zone
 * first, and being at either limit is being over it (§9.1).
 */
function lookAtLimits(k: Kernel, bdi: Bdi, t: Task): number {
  const { background, dirty } = dirtyLimits(k);
  const pages = k.vm[VM.nr_file_dirty]! + k.vm[VM.nr_writeback]!;
  if (pages < (background + dirty) >> 1) return FREE_RUN;
  const limit = bdiThreshold(k, bdi, t, dirty);
  if (!k.policy.dirtyThrottling.globalLimitHolds) return bdiPages(bdi) <= limit ? WITHIN : EXCEEDED;
  return bdiPages(bdi) < limit && pages < dirty ? WITHIN : EXCEEDED;
}

function look(k: Kernel, f: BalanceFrame, t: Task): Next {
  f.countedNs = k.nowNs; // what was spent at a group's limit has been counted there
  f.countedRanNs = t.ranNs;
  const space = k.space(f.space);
  const bdi = k.bdiOf(space);
  const found = lookAtLimits(k, bdi, t);
  if (found !== FREE_RUN) f.isExceeded = found === EXCEEDED;
  if (found !== EXCEEDED) return done(k, f, t);
  bdi.dirtyExceeded = true;
  // Only what is dirty can be written: under writeback it is the disk's turn.
  if (bdi.reclaimablePages <= bdiThreshold(k, bdi, t, dirtyLimits(k).dirty)) return pauseUnlessDone(k, f, t);
  setWbc(t, { nrToWrite: f.writeChunk, rangeCyclic: true });
  return andThen(t, f, at.written, writebackInodesWb(k, t, wbOf(k, space)));
}

/** The limits are looked at once more; 2.6.36 does so only after the pause. */
function pauseUnlessDone(k: Kernel, f: BalanceFrame, t: Task): Next {
  if (f.pagesWritten >= f.writeChunk) return done(k, f, t);
  const bdi = k.bdiOf(k.space(f.space));
  const isWithin = bdiPages(bdi) <= bdiThreshold(k, bdi, t, dirtyLimits(k).dirty);
  if (isWithin && !k.policy.dirtyThrottling.globalLimitHolds) return done(k, f, t);
  return k.sched.sleep(t, WAIT_TIMER, 0, jiffiesToNs(f.pauseJiffies, k.m.config.hz), at.paused);
}

function done(k: Kernel, f: BalanceFrame, t: Task): Next {
  traceLetGo(k, t);
  leave(k, t, k.space(f.space), f.pagesWritten, f.isExceeded);
  return ret(t, 0);
}

/** What follows the loop: the bdi may be at ease again, and the flusher may have work. Only here is that asked (R5.8d). */
function leave(k: Kernel, t: Task, space: Space, pagesWritten: Pages, wasExceeded: boolean): void {
  const { sysctl } = k;
  const bdi = k.bdiOf(space);
  const wb = wbOf(k, space);
  const { background, dirty } = dirtyLimits(k);
  if (bdi.dirtyExceeded) {
    // 2.6.36 goes by its last look, which a look that found the free-run zone is not.
    bdi.dirtyExceeded = k.policy.dirtyThrottling.globalLimitHolds
      ? wasExceeded
      : bdiPages(bdi) >= bdiThreshold(k, bdi, t, dirty);
  }
  if (isWritebackInProgress(k, wb)) return;
  // In laptop mode the disk stays off until the dirtier had to write, and then everything goes out.
  const needsFlusher = sysctl.laptopMode ? pagesWritten > 0 : k.vm[VM.nr_file_dirty]! > background;
  if (needsFlusher) startBackgroundWriteback(k, wb);
}

/** throttled_s: time asleep in here, in a pause or for the dirtier's own writing. */
function countThrottled(k: Kernel, f: BalanceFrame, t: Task): void {
  k.vm[VM.throttled_ns]! += k.nowNs - f.countedNs - (t.ranNs - f.countedRanNs);
  f.countedNs = k.nowNs;
  f.countedRanNs = t.ranNs;
}

const balanceFunction = kernelFunction<BalanceFrame, keyof typeof at>('balance_dirty_pages', ASSUMED_BYTES, at, {
  look,
  written: (k, f, t) => {
    countThrottled(k, f, t);
    f.pagesWritten += f.writeChunk - t.wbc.nrToWrite;
    return pauseUnlessDone(k, f, t);
  },
  paused: (k, f, t) => {
    countThrottled(k, f, t);
    f.pauseJiffies = Math.min(f.pauseJiffies * 2, Math.floor(k.m.config.hz / 10));
    return goto(t, at.look);
  },
});
