import type { Ns, Pages } from '../../abi/units.ts';
import { jiffiesToNs } from '../machine/config.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Space } from '../machine/space.ts';
import { setWbc, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_TIMER } from '../machine/waits.ts';
import { wbOf } from '../machine/wb.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { isOverBackgroundLimit, markOverBackground, memcgDirtyLimits, memcgDirtyPages } from './memcg-dirty.ts';
import { startBackgroundWriteback } from './works.ts';
import { writebackInodesWb } from './writeback-inodes.ts';

/**
 * Is the task to be held for its group's sake, or for one above it? Otherwise the flusher may still be wanted. Part of
 * mem_cgroup_balance_dirty_pages(), asked as often as the global limits are.
 */
export function isOverMemcgLimit(k: Kernel, t: Task, space: Space): boolean {
  if (t.memcg === 0 || !k.policy.memcgCleaner.limitsDirtyPages) return false;
  for (let id = t.memcg; id !== 0; id = k.m.memcgs[id]!.parent) {
    if (isOverLimit(k, id)) return true;
    askFlusher(k, id, space);
  }
  return false;
}

function isOverLimit(k: Kernel, id: number): boolean {
  return memcgDirtyPages(k, id) > memcgDirtyLimits(k, id).dirty;
}

/** mem_cgroup_queue_bg_writeback(), from the background limit on. */
function askFlusher(k: Kernel, id: number, space: Space): void {
  if (!isOverBackgroundLimit(k, id)) return;
  markOverBackground(k, id);
  startBackgroundWriteback(k, wbOf(k, space));
}

/**
 * mem_cgroup_balance_dirty_pages() of "memcg: per cgroup dirty page limiting" v9 (history.md §5.2): group after group, from
 * the task's own upwards, it writes the group's inodes and pauses, until the group is below its limit. When they give nothing,
 * inodes that several groups have dirtied are taken as well. May block.
 */
export function balanceMemcgDirtyPages(k: Kernel, t: Task, space: Space, writeChunk: Pages): number {
  return enter(t, balanceMemcg, {
    memcg: t.memcg,
    space: space.id,
    writeChunk,
    sharedInodes: false,
    pauseJiffies: 1,
    countedNs: k.nowNs,
    countedRanNs: t.ranNs,
  });
}

interface BalanceMemcg extends Frame {
  memcg: number;
  /** The file that was dirtied: only its disk's inodes are written. */
  readonly space: number;
  readonly writeChunk: Pages;
  sharedInodes: boolean;
  pauseJiffies: number;
  /** Up to where the time spent here is counted. */
  countedNs: Ns;
  countedRanNs: Ns;
}
const at = steps('look', 'written', 'paused');

function look(k: Kernel, f: BalanceMemcg, t: Task): Next {
  const space = k.space(f.space);
  while (!isOverLimit(k, f.memcg)) {
    askFlusher(k, f.memcg, space);
    f.memcg = k.m.memcgs[f.memcg]!.parent;
    f.sharedInodes = false;
    if (f.memcg === 0) return ret(t, 0);
  }
  const { memcg, sharedInodes } = f;
  setWbc(t, { nrToWrite: f.writeChunk, rangeCyclic: true, forCgroup: true, memcg, sharedInodes });
  return andThen(t, f, at.written, writebackInodesWb(k, t, wbOf(k, space)));
}

/** Time asleep in here, in a pause or for the dirtier's own writing. */
function countThrottled(k: Kernel, f: BalanceMemcg, t: Task): void {
  const heldNs = k.nowNs - f.countedNs - (t.ranNs - f.countedRanNs);
  k.vm[VM.throttled_ns]! += heldNs;
  k.vm[VM.memcg_throttled_ns]! += heldNs;
  k.m.memcgs[f.memcg]!.throttledNs += heldNs;
  f.countedNs = k.nowNs;
  f.countedRanNs = t.ranNs;
}

const balanceMemcg = kernelFunction<BalanceMemcg, keyof typeof at>(
  'mem_cgroup_balance_dirty_pages',
  ASSUMED_BYTES,
  at,
  {
    look,
    written: (k, f, t) => {
      countThrottled(k, f, t);
      if (t.wbc.nrToWrite === f.writeChunk) f.sharedInodes = true;
      return k.sched.sleep(t, WAIT_TIMER, 0, jiffiesToNs(f.pauseJiffies, k.m.config.hz), at.paused);
    },
    paused: (k, f, t) => {
      countThrottled(k, f, t);
      f.pauseJiffies = Math.min(f.pauseJiffies * 2, Math.floor(k.m.config.hz / 10));
      return goto(t, at.look);
    },
  },
);
