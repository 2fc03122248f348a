import type { Pages } from '../../abi/units.ts';
import { jiffiesToNs } from '../machine/config.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Space } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_TIMER } from '../machine/waits.ts';
import { wbOf } from '../machine/wb.ts';
import { BLOCKED, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import {
  type DirtyState,
  dirtyState,
  freerunCeiling,
  jiffiesNow,
  positionRatio,
  updateBandwidth,
} from './dirty-rate.ts';
import { traceHeld, traceLetGo } from './held.ts';
import { dirtyLimits, writeChunkOf } from './limits.ts';
import { balanceMemcgDirtyPages, isOverMemcgLimit } from './memcg-balance.ts';
import { memcgDomain } from './memcg-domain.ts';
import { pauseOf, pollInterval } from './pause.ts';
import { isWritebackInProgress, startBackgroundWriteback } from './works.ts';

/** Pages dirtied between two looks once the limit was passed. */
const RATELIMIT_EXCEEDED = 8;

/**
 * balance_dirty_pages_ratelimited() of 3.2: each task looks when it has dirtied what its last pause allowed; the CPU, which
 * is the task's own here, at least every ratelimit_pages. May block.
 */
export function balanceIoLess(k: Kernel, t: Task, space: Space, dirtied: Pages): number {
  const bdi = k.bdiOf(space);
  const allowed = Math.min(t.nrDirtiedPause, k.m.globalDirtyLimit.ratelimitPages);
  if (dirtied < (bdi.dirtyExceeded ? Math.min(allowed, RATELIMIT_EXCEEDED) : allowed)) return 0;
  const isHeld = isOverMemcgLimit(k, t, space);
  const state = dirtyState(k, bdi);
  const group = memcgDomain(k, t.memcg, bdi);
  if (!isHeld && areInFreerun(state, group)) {
    inFreerun(k, t, space, state, group);
    return 0;
  }
  enter(t, balanceFunction, {
    space: space.id,
    pagesDirtied: dirtied,
    startJiffies: jiffiesNow(k),
    isExceeded: false,
  });
  traceHeld(k, t);
  if (!isHeld) return BLOCKED;
  return balanceMemcgDirtyPages(k, t, space, writeChunkOf(dirtied, k.m.globalDirtyLimit.ratelimitPages));
}

interface BalanceFrame extends Frame {
  readonly space: number;
  readonly pagesDirtied: Pages;
  readonly startJiffies: number;
  isExceeded: boolean;
}
const at = steps('look', 'paused', 'paused at the limit');

/** Below half-way of the machine's limits, and of the group's if it has any (§9.3). */
function areInFreerun(state: DirtyState, group: DirtyState | undefined): boolean {
  if (state.dirty > freerunCeiling(state)) return false;
  return group === undefined || group.dirty <= freerunCeiling(group);
}

/** In the free-run zone: nobody sleeps. */
function inFreerun(k: Kernel, t: Task, space: Space, state: DirtyState, group: DirtyState | undefined): void {
  t.dirtyPausedWhen = jiffiesNow(k);
  t.dirtiedSinceCheck = 0;
  t.nrDirtiedPause = Math.min(pollInterval(state), group === undefined ? Infinity : pollInterval(group));
  leave(k, space, false);
}

function look(k: Kernel, f: BalanceFrame, t: Task): Next {
  const space = k.space(f.space);
  const bdi = k.bdiOf(space);
  const state = dirtyState(k, bdi);
  const group = memcgDomain(k, t.memcg, bdi);
  if (areInFreerun(state, group)) {
    inFreerun(k, t, space, state, group);
    traceLetGo(k, t);
    return ret(t, 0);
  }
  const wb = wbOf(k, space);
  if (!isWritebackInProgress(k, wb)) startBackgroundWriteback(k, wb);
  f.isExceeded = isExceeded(k, state) || (group !== undefined && isExceeded(k, group));
  if (f.isExceeded) bdi.dirtyExceeded = true;
  updateBandwidth(k, bdi, f.startJiffies, state);
  const { ratio, stricter } = stricterOf(k, state, group);
  const taskRate = Math.floor((bdi.rate.dirtyRatelimit * ratio) / 1024);
  const pause = pauseOf(k, t, { state: stricter, taskRate, pagesDirtied: f.pagesDirtied });
  if (pause === 0) return done(k, f, t);
  // At the limit it stays until the flusher has made room, if there is anything that can make it.
  const step = taskRate > 0 || stricter.bdiDirty === 0 ? at.paused : at['paused at the limit'];
  return k.sched.sleep(t, WAIT_TIMER, 0, jiffiesToNs(pause, k.m.config.hz), step);
}

/** The smaller position ratio decides (§9.3). */
function stricterOf(
  k: Kernel,
  state: DirtyState,
  group: DirtyState | undefined,
): { readonly ratio: number; readonly stricter: DirtyState } {
  const ratio = positionRatio(k, state);
  if (group === undefined) return { ratio, stricter: state };
  const own = positionRatio(k, group);
  return own < ratio ? { ratio: own, stricter: group } : { ratio, stricter: state };
}

/** 3.2: over one of the limits; 3.3: over both. */
function isExceeded(k: Kernel, { bdiDirty, bdiLimit, dirty, limit }: DirtyState): boolean {
  const isOverShare = bdiDirty > bdiLimit;
  return k.policy.dirtyThrottling.countsThinkTime ? isOverShare && dirty > limit : isOverShare || dirty > limit;
}

function done(k: Kernel, f: BalanceFrame, t: Task): Next {
  traceLetGo(k, t);
  leave(k, k.space(f.space), f.isExceeded);
  return ret(t, 0);
}

/** What follows the loop. In laptop mode the flusher is left alone until the higher limit. */
function leave(k: Kernel, space: Space, isStillExceeded: boolean): void {
  if (!isStillExceeded) k.bdiOf(space).dirtyExceeded = false;
  const wb = wbOf(k, space);
  if (isWritebackInProgress(k, wb) || k.sysctl.laptopMode) return;
  if (k.vm[VM.nr_file_dirty]! > dirtyLimits(k).background) startBackgroundWriteback(k, wb);
}

function countPause(k: Kernel, t: Task): void {
  k.vm[VM.throttled_ns]! += k.nowNs - t.sleptAtNs;
}

const balanceFunction = kernelFunction<BalanceFrame, keyof typeof at>(
  'balance_dirty_pages (IO-less)',
  ASSUMED_BYTES,
  at,
  {
    look,
    paused: (k, f, t) => {
      countPause(k, t);
      return done(k, f, t);
    },
    'paused at the limit': (k, _f, t) => {
      countPause(k, t);
      return goto(t, at.look);
    },
  },
);
