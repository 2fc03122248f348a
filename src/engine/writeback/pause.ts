import type { Pages } from '../../abi/units.ts';
import type { Bdi } from '../machine/bdi.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { type DirtyState, jiffiesNow, log2Floor, powerOfTwoAbove } from './dirty-rate.ts';

// How long an IO-less dirtier sleeps, and how much it may dirty before it looks again (model.md §9.2). Times in jiffies.

/** What balance_dirty_pages() knows when it decides. */
export interface Look {
  readonly state: DirtyState;
  /** Pages a second this task may dirty; 0: the limit is passed. */
  readonly taskRate: number;
  readonly pagesDirtied: Pages;
}

/** Sets the task's next interval and answers the pause; 0: it goes on at once. */
export function pauseOf(k: Kernel, t: Task, look: Look): number {
  return k.policy.dirtyThrottling.countsThinkTime ? pauseLessThinkTime(k, t, look) : plainPause(k, t, look);
}

/** dirty_poll_interval(): in the free-run zone, the nearer the limit the sooner the next look. */
export function pollInterval({ dirty, limit }: DirtyState): Pages {
  return limit > dirty ? 1 << (log2Floor(limit - dirty) >> 1) : 1;
}

/** 3.2: the time that the dirtied pages take at the task's rate, within bdi_max_pause(). */
function plainPause(k: Kernel, t: Task, { state, taskRate, pagesDirtied }: Look): number {
  const { hz } = k.m.config;
  const { dirtyRatelimit } = state.bdi.rate;
  const longest = maxPause(k, state);
  const wanted = taskRate === 0 ? longest : Math.min(longest, Math.floor((hz * pagesDirtied) / taskRate));
  const perHalf = Math.floor((dirtyRatelimit * Math.floor(longest / 2)) / hz);
  const eighth = Math.floor(pagesDirtied / 8);
  if (wanted <= Math.floor(longest / 4) && pagesDirtied >= t.nrDirtiedPause)
    t.nrDirtiedPause = clamp(perHalf, pagesDirtied + eighth, pagesDirtied * 4);
  else if (wanted >= longest)
    t.nrDirtiedPause = clamp(perHalf, Math.floor(pagesDirtied / 4), pagesDirtied - eighth) | 1;
  t.dirtiedSinceCheck = 0;
  return wanted;
}

/** bdi_max_pause() of 3.2: 20 ms for one dirtier, more for many, less where that would let the disk run dry; at least 4 jiffies. */
function maxPause(k: Kernel, { bdi, bdiDirty }: DirtyState): number {
  const { hz } = k.m.config;
  const { avgWriteBandwidth, dirtyRatelimit } = bdi.rate;
  const more = log2Floor(avgWriteBandwidth) - log2Floor(dirtyRatelimit);
  let longest = Math.floor(hz / 50);
  if (more > 0) longest += Math.floor((more * 20 * hz) / 1024);
  if (bdiDirty > 0) longest = Math.min(longest, Math.floor((bdiDirty * hz) / (8 * avgWriteBandwidth + 1)));
  return clamp(longest, 4, ceiling(hz));
}

/** 3.3: less the time since the last pause; below bdi_min_pause() it is saved up for the next one. */
function pauseLessThinkTime(k: Kernel, t: Task, { state, taskRate, pagesDirtied }: Look): number {
  const { hz } = k.m.config;
  const { avgWriteBandwidth } = state.bdi.rate;
  let now = jiffiesNow(k);
  const perSlot = 1 + Math.floor(avgWriteBandwidth / powerOfTwoAbove(1 + Math.floor(hz / 8)));
  const longest = Math.min(ceiling(hz), Math.floor(state.bdiDirty / perSlot) + 1);
  const { shortest, pages } = minPause(k, state.bdi, longest, taskRate);
  const period = taskRate === 0 ? longest : Math.floor((hz * pagesDirtied) / taskRate);
  let pause = period;
  if (taskRate > 0) {
    if (t.dirtyPausedWhen > 0) pause -= now - t.dirtyPausedWhen;
    if (pause < shortest) {
      if (pause < -hz || period > 0) {
        t.dirtyPausedWhen = pause < -hz ? now : t.dirtyPausedWhen + period;
        t.dirtiedSinceCheck = 0;
      } else if (t.nrDirtiedPause <= pagesDirtied) t.nrDirtiedPause += pagesDirtied;
      return 0;
    }
    if (pause > longest) {
      now += Math.min(pause - longest, longest);
      pause = longest;
    }
  }
  t.dirtyPausedWhen = now + pause;
  t.dirtiedSinceCheck = 0;
  t.nrDirtiedPause = pages;
  return pause;
}

/** DIRTY_POLL_THRESH: 128 KiB. */
const POLL_PAGES = 32;

/** bdi_min_pause(): about 10 ms for one dirtier, longer if less than 32 pages could be dirtied in it. */
function minPause(
  k: Kernel,
  bdi: Bdi,
  longest: number,
  taskRate: number,
): { readonly shortest: number; readonly pages: Pages } {
  const { hz } = k.m.config;
  const { avgWriteBandwidth, dirtyRatelimit } = bdi.rate;
  const slots = powerOfTwoAbove(hz);
  const more = log2Floor(avgWriteBandwidth) - log2Floor(dirtyRatelimit);
  let target = Math.max(1, Math.floor(hz / 100));
  if (more > 0) target += Math.floor((more * 10 * hz) / 1024);
  target = Math.min(target, 1 + Math.floor(longest / 2));
  let pages = Math.floor((dirtyRatelimit * target) / slots);
  if (pages < POLL_PAGES) {
    target = longest;
    pages = Math.floor((dirtyRatelimit * target) / slots);
    if (pages > POLL_PAGES) {
      pages = POLL_PAGES;
      target = Math.floor((hz * POLL_PAGES) / dirtyRatelimit);
    }
  }
  if (Math.floor((hz * pages) / (taskRate + 1)) > longest) {
    target = longest;
    pages = Math.floor((taskRate * target) / slots);
  }
  return { shortest: pages >= POLL_PAGES ? 1 + Math.floor(target / 2) : target, pages };
}

/** MAX_PAUSE: 200 ms. */
function ceiling(hz: number): number {
  return Math.floor(hz / 5);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
