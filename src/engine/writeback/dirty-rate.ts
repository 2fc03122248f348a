import type { Pages } from '../../abi/units.ts';
import type { Bdi, DirtyRate } from '../machine/bdi.ts';
import type { Kernel } from '../machine/kernel.ts';
import { VM } from '../machine/vmstat.ts';
import { bdiPages, dirtyLimits } from './limits.ts';
import { bdiShare } from './shares.ts';

// IO-less throttling's arithmetic, v12 as merged in 3.2 (model.md §9.2). Rates are pages a second, ratios are 1/1024 parts,
// divisions are the kernel's integer ones.

/** RATELIMIT_CALC_SHIFT. */
const ONE = 1024;

/** How much is dirty, and how much may be, at one look. */
export interface DirtyState {
  readonly bdi: Bdi;
  /** Of all memory; else of one memory cgroup (§9.3). */
  readonly isGlobal: boolean;
  readonly background: Pages;
  readonly limit: Pages;
  /** Dirty and under writeback: all of it, and the bdi's. */
  readonly dirty: Pages;
  readonly bdiDirty: Pages;
  readonly bdiLimit: Pages;
}

export function dirtyState(k: Kernel, bdi: Bdi): DirtyState {
  const { background, dirty: limit } = dirtyLimits(k);
  return {
    bdi,
    isGlobal: true,
    background,
    limit,
    dirty: k.vm[VM.nr_file_dirty]! + k.vm[VM.nr_writeback]!,
    bdiDirty: bdiPages(bdi),
    bdiLimit: bdiShare(k, bdi, limit),
  };
}

/** dirty_freerun_ceiling(): below half-way between the two limits nobody is held. */
export function freerunCeiling({ background, limit }: DirtyState): Pages {
  return Math.floor((limit + background) / 2);
}

/** hard_dirty_limit(): a limit that falls is followed slowly, or all dirtiers would stop at once. */
function hardLimit(k: Kernel, { isGlobal, limit }: DirtyState): Pages {
  return isGlobal ? Math.max(limit, k.m.globalDirtyLimit.pages) : limit;
}

/**
 * bdi_position_ratio(): what a dirtier may do, as part of the rate in balance, from how far the dirty pages are from their
 * set point half-way between free-run and limit. A third-order curve of all dirty pages, times a line of the bdi's.
 */
export function positionRatio(k: Kernel, state: DirtyState): number {
  const { dirty } = state;
  const limit = hardLimit(k, state);
  if (dirty >= limit) return 0;
  const setpoint = Math.floor((freerunCeiling(state) + limit) / 2);
  const x = Math.trunc(((setpoint - dirty) * ONE) / (limit - setpoint + 1));
  const cube = Math.floor((Math.floor((x * x) / ONE) * x) / ONE);
  return bdiPart(state, { ratio: cube + ONE, setpoint, limit });
}

function bdiPart(
  { bdi, limit: soft, dirty, bdiDirty, bdiLimit }: DirtyState,
  { ratio, setpoint, limit }: { ratio: number; setpoint: Pages; limit: Pages },
): number {
  // A disk that was idle has a share near 0: it gets a usable one.
  const share = Math.max(Math.min(bdiLimit, soft), Math.floor((limit - dirty) / 8));
  const scale = Math.floor((share * 65536) / (soft + 1));
  const bdiSetpoint = Math.floor((setpoint * scale) / 65536);
  const span = Math.floor(((soft - share + 8 * bdi.rate.avgWriteBandwidth) * scale) / 65536);
  const intercept = bdiSetpoint + span;
  let scaled =
    bdiDirty < intercept - Math.floor(span / 4)
      ? Math.floor((ratio * (intercept - bdiDirty)) / (intercept - bdiSetpoint + 1))
      : Math.floor(ratio / 4);
  // Too little on its way: the disk must not run dry.
  const reserve = Math.floor(share / 2);
  if (bdiDirty < reserve)
    scaled = bdiDirty > Math.floor(reserve / 8) ? Math.floor((scaled * reserve) / bdiDirty) : scaled * 8;
  return scaled;
}

/** BANDWIDTH_INTERVAL: HZ/5. */
const UPDATES_PER_S = 5;

/** jiffies. */
export function jiffiesNow(k: Kernel): number {
  return Math.floor((k.nowNs * k.m.config.hz) / 1e9);
}

/**
 * bdi_update_bandwidth(): at most every 200 ms, from dirtiers and the flusher. The flusher gives no `state`: it only measures
 * what was written.
 */
export function updateBandwidth(k: Kernel, bdi: Bdi, startJiffies: number, state?: DirtyState): void {
  const { rate } = bdi;
  const { hz } = k.m.config;
  const now = jiffiesNow(k);
  const elapsed = now - rate.stampJiffies;
  if (elapsed < Math.floor(hz / UPDATES_PER_S)) return;
  // After a quiet time the counters say nothing about the disk.
  if (elapsed <= hz || rate.stampJiffies >= startJiffies) {
    if (state !== undefined && state.limit > 0) {
      updateDirtyLimit(k, state, now);
      updateRatelimit(k, state, elapsed);
    }
    updateWriteBandwidth(rate, bdi.writtenPages - rate.writtenStamp, elapsed, hz);
  }
  rate.dirtiedStamp = bdi.dirtiedPages;
  rate.writtenStamp = bdi.writtenPages;
  rate.stampJiffies = now;
}

/** update_dirty_limit(): up at once, down by a thirty-second part. */
function updateDirtyLimit(k: Kernel, state: DirtyState, now: number): void {
  const { globalDirtyLimit: global, config } = k.m;
  if (now < global.stampJiffies + Math.floor(config.hz / UPDATES_PER_S)) return;
  global.stampJiffies = now;
  const target = Math.max(state.limit, state.dirty);
  if (global.pages < state.limit) global.pages = state.limit;
  else if (global.pages > target) global.pages -= Math.floor((global.pages - target) / 32);
}

/** bdi_update_write_bandwidth(): an average over three seconds, and a smoother one behind it. */
function updateWriteBandwidth(rate: DirtyRate, written: Pages, elapsed: number, hz: number): void {
  const period = powerOfTwoAbove(3 * hz);
  const old = rate.writeBandwidth;
  const avg = rate.avgWriteBandwidth;
  if (elapsed > period) {
    rate.writeBandwidth = Math.floor((written * hz) / elapsed);
    rate.avgWriteBandwidth = rate.writeBandwidth;
    return;
  }
  const bandwidth = Math.floor((written * hz + old * (period - elapsed)) / period);
  if (avg > old && old >= bandwidth) rate.avgWriteBandwidth = avg - Math.floor((avg - old) / 8);
  if (avg < old && old <= bandwidth) rate.avgWriteBandwidth = avg + Math.floor((old - avg) / 8);
  rate.writeBandwidth = bandwidth;
}

/** bdi_update_dirty_ratelimit(): follows the rate at which as much is dirtied as is written, in careful steps. */
function updateRatelimit(k: Kernel, state: DirtyState, elapsed: number): void {
  const { bdi } = state;
  const { rate } = bdi;
  const dirtyRate = Math.floor(((bdi.dirtiedPages - rate.dirtiedStamp) * k.m.config.hz) / elapsed);
  const taskRate = Math.floor((rate.dirtyRatelimit * positionRatio(k, state)) / ONE) + 1;
  const oddRate = dirtyRate % 2 === 0 ? dirtyRate + 1 : dirtyRate;
  const balanced = Math.min(Math.floor((taskRate * rate.avgWriteBandwidth) / oddRate), rate.avgWriteBandwidth);
  const setpoint = Math.floor((freerunCeiling(state) + hardLimit(k, state)) / 2);
  const current = rate.dirtyRatelimit;
  const step = stepTowards(current, state.dirty < setpoint, [rate.balancedDirtyRatelimit, balanced, taskRate]);
  rate.dirtyRatelimit = Math.max(1, current < balanced ? current + step : current - step);
  rate.balancedDirtyRatelimit = balanced;
}

/** Only when all three signs point the way of the set point, the smaller the nearer, an eighth at a time. */
function stepTowards(current: number, isBelow: boolean, signs: readonly [number, number, number]): number {
  const gap = isBelow ? Math.min(...signs) - current : current - Math.max(...signs);
  const step = Math.max(0, gap);
  const slowed = Math.floor(current / (2 * step + 1));
  return Math.floor(((slowed > 30 ? 0 : step >> slowed) + 7) / 8);
}

/** roundup_pow_of_two(). */
export function powerOfTwoAbove(value: number): number {
  return value <= 1 ? 1 : 1 << (32 - Math.clz32(value - 1));
}

/** ilog2(). */
export function log2Floor(value: number): number {
  return 31 - Math.clz32(value);
}
