import type { Kernel } from '../machine/kernel.ts';
import {
  reclaimThrottle,
  THROTTLE_CONGESTED,
  THROTTLE_NOPROGRESS,
  THROTTLE_WRITEBACK,
  wakeThrottledFor,
} from '../machine/reclaim-throttle.ts';
import { KSWAPD, type ScanControl, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { reclaimablePages } from './scan-count.ts';

// vmscan.c shrink_node() of 6.1 after the lists: what was met at the tail, and who stalls for it (model.md §9.4). The flags are
// kept for every kernel; who asks for them is the policy's.

/** memset(&sc->nr, 0): before the lists of a zone or group are scanned. */
export function resetTailCounts(sc: ScanControl): void {
  sc.nrTaken = 0;
  sc.nrFileTaken = 0;
  sc.nrBusy = 0;
  sc.nrUnqueuedDirty = 0;
  sc.nrWriteback = 0;
  sc.nrRecycled = 0;
  sc.nrImmediate = 0;
}

/**
 * kswapd flags the zone, and stalls if pages come round faster than they are written; a direct reclaimer stalls in a zone so
 * flagged. "All of it is dirty" is also true of no file page at all (0 = 0). May block.
 */
export function noteTail(k: Kernel, t: Task): number {
  const { zone } = k;
  const { sc } = t;
  const { throttles } = k.policy.reclaimNaps;
  if (sc.memcg !== 0) return 0;
  if (t.kind !== KSWAPD) {
    const stalls = throttles && zone.tailIsRecycled && !skipsThrottle(k);
    return stalls ? reclaimThrottle(t, THROTTLE_CONGESTED) : 0;
  }
  if (sc.nrWriteback > 0 && sc.nrWriteback === sc.nrTaken) zone.tailIsWriteback = true;
  if (sc.nrUnqueuedDirty === sc.nrFileTaken) zone.tailIsDirty = true;
  if (sc.nrBusy > 0 && sc.nrBusy === sc.nrRecycled) zone.tailIsRecycled = true;
  return throttles && sc.nrImmediate > 0 ? reclaimThrottle(t, THROTTLE_WRITEBACK) : 0;
}

/**
 * consider_reclaim_throttle(): more than an eighth of what was scanned is freed: who stalled for want of progress goes on.
 * A direct reclaimer that has nothing at priority 1 stalls. May block.
 */
export function considerReclaimThrottle(k: Kernel, t: Task): number {
  const { sc } = t;
  if (!k.policy.reclaimNaps.throttles) return 0;
  if (sc.nrReclaimed > sc.nrScanned >> 3) {
    wakeThrottledFor(k, THROTTLE_NOPROGRESS);
    return 0;
  }
  const isHopeless = t.kind !== KSWAPD && sc.memcg === 0 && sc.priority === 1 && sc.nrReclaimed === 0;
  return isHopeless && !skipsThrottle(k) ? reclaimThrottle(t, THROTTLE_NOPROGRESS) : 0;
}

/** skip_throttle_noprogress(): unless half of what could be reclaimed waits to be written, a stall would help nobody. */
function skipsThrottle(k: Kernel): boolean {
  if (k.zone.allUnreclaimable) return true;
  return 2 * (k.vm[VM.nr_file_dirty]! + k.vm[VM.nr_writeback]!) <= reclaimablePages(k);
}

/** clear_pgdat_congested(): the zone is above its high mark. */
export function forgetTail(k: Kernel): void {
  const { zone } = k;
  zone.congested = false;
  zone.tailIsDirty = false;
  zone.tailIsWriteback = false;
  zone.tailIsRecycled = false;
}
