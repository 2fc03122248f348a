import type { Pages } from '../../abi/units.ts';
import type { Bdi } from '../machine/bdi.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { dirtyableMemory } from './dirtyable.ts';
import { bdiShare, taskShare } from './shares.ts';

export interface DirtyLimits {
  readonly background: Pages;
  readonly dirty: Pages;
}

/**
 * get_dirty_limits() without a bdi: R5.4.
 * @remarks Not modelled: vm_dirty_bytes; real-time and PF_LESS_THROTTLE tasks, which get a quarter more.
 */
export function dirtyLimits(k: Kernel): DirtyLimits {
  const { dirtyRatio, dirtyBackgroundRatio } = k.sysctl;
  const dirtyable = dirtyableMemory(k);
  const dirty = percent(dirtyable, Math.max(k.policy.dirtyLimits.minRatio, dirtyRatio));
  const background = percent(dirtyable, dirtyBackgroundRatio);
  return { dirty, background: background >= dirty ? dirty >> 1 : background };
}

export function percent(pages: Pages, ratio: number): Pages {
  return Math.floor((pages * ratio) / 100);
}

/** The limit of this task on this bdi: R5.5. */
export function bdiThreshold(k: Kernel, bdi: Bdi, t: Task, dirty: Pages): Pages {
  const share = bdiShare(k, bdi, dirty);
  return taskDirtyLimit(k, t, k.policy.dirtyThrottling.clipsShare ? clipBdiDirtyLimit(k, bdi, share, dirty) : share);
}

/** clip_bdi_dirty_limit(): a share is no right to more than what the others leave. */
function clipBdiDirtyLimit(k: Kernel, bdi: Bdi, share: Pages, dirty: Pages): Pages {
  const left = Math.max(0, dirty - k.vm[VM.nr_file_dirty]! - k.vm[VM.nr_writeback]!);
  return Math.min(share, left + bdiPages(bdi));
}

/** task_dirty_limit(): who dirtied most of late is held first, by up to an eighth. */
function taskDirtyLimit(k: Kernel, t: Task, limit: Pages): Pages {
  return Math.max(limit - taskShare(k, t, limit >> 3), limit >> 1);
}

/** D + W of R5.7: what the bdi has dirty and under writeback. */
export function bdiPages({ reclaimablePages, writebackPages }: Bdi): Pages {
  return reclaimablePages + writebackPages;
}

/**
 * over_bground_thresh(): R5.15. Not below: at the threshold the flusher goes on. From 3.2 on it stops at the threshold, but
 * not while the bdi has more dirty than its share of it (§9.2).
 */
export function isOverBackground(k: Kernel, bdi: Bdi): boolean {
  const dirty = k.vm[VM.nr_file_dirty]!;
  const { background } = dirtyLimits(k);
  if (!k.policy.flusherWork.chunksByBandwidth) return dirty >= background;
  return dirty > background || bdi.reclaimablePages > bdiShare(k, bdi, background);
}

const RATELIMIT_MIN = 16;
const RATELIMIT_MAX_BYTES = 4 * 1048576;

/** writeback_set_ratelimit(): pages a CPU may dirty before the limits are looked at (R5.6, N17). */
export function ratelimitPages(k: Kernel): Pages {
  const { totalPages, ncpu } = k.m.config;
  return Math.min(RATELIMIT_MAX_BYTES / k.pageBytes, Math.max(RATELIMIT_MIN, Math.floor(totalPages / (ncpu * 32))));
}

/** sync_writeback_pages(): what a dirtier over the limit writes itself (R5.6). */
export function writeChunkOf(dirtied: Pages, ratelimit: Pages): Pages {
  const pages = Math.max(dirtied, ratelimit);
  return pages + (pages >> 1);
}
