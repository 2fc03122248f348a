import type { Kernel } from '../machine/kernel.ts';
import { dirtyLimits } from './limits.ts';
import { initShares } from './shares.ts';

const RATELIMIT_MIN = 16;

/** page_writeback_init(), writeback_set_ratelimit() of 3.2: once at boot, when nearly all memory is free. */
export function initWriteback(k: Kernel): void {
  initShares(k);
  const { dirty } = dirtyLimits(k);
  k.m.globalDirtyLimit.pages = dirty;
  k.m.globalDirtyLimit.ratelimitPages = Math.max(RATELIMIT_MIN, Math.floor(dirty / (k.m.config.ncpu * 32)));
}
