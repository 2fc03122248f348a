import type { Pfn } from '../../abi/units.ts';
import { NAP_20MS, nap } from '../machine/congestion.ts';
import { GFP_FS, GFP_HIGH, GFP_NORETRY, GFP_WAIT } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { noteFreePages } from '../machine/page-cache.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { PF_MEMALLOC, type Task, TIF_MEMDIE } from '../machine/task.ts';
import { zoneWatermarkOk } from '../machine/zone.ts';
import { andThen, enter, type Frame, goto, ret, steps } from '../sim/kthread.ts';
import { allocPagesMayOom, OOM_GOT_PAGE } from './oom.ts';

/** page_alloc.c __alloc_pages() of order 0: model.md §1.3. A frame with no flag set, or NO_PAGE; may block. */
export function allocPage(k: Kernel, t: Task, gfp: number): number {
  // FAST: order 0 passes with strictly more than the mark (R1.6).
  if (k.buddy.freePages > k.zone.low) return takePage(k);
  k.call.wakeupKswapd(k, 0);
  // First try of the slow path, at MIN: most allocations below low end here (R1.8).
  if (passesMin(k, gfp)) return takePage(k);
  return enter(t, slowpath, { gfp });
}

function takePage(k: Kernel): Pfn {
  noteFreePages(k);
  return k.buddy.alloc(0);
}

/** gfp_to_alloc_flags() at the MIN mark: __GFP_HIGH digs into half of it, an atomic request into a quarter more. */
function passesMin(k: Kernel, gfp: number): boolean {
  const { zone } = k;
  return zoneWatermarkOk(zone.buddy, 0, zone.min, {
    allocHigh: (gfp & GFP_HIGH) !== 0,
    allocHarder: (gfp & GFP_WAIT) === 0,
  });
}

interface Slowpath extends Frame {
  gfp: number;
}
const at = steps('rebalance', 'reclaimed', 'restart', 'oom');

/**
 * __alloc_pages_slowpath(): from the failed try at MIN on. The retry nap neither wakes kswapd again nor tries MIN before
 * reclaiming again; freed pages are nobody's (R1.10). 240 bytes: stack-traces.json (__alloc_pages_nodemask).
 */
const slowpath = kernelFunction<Slowpath, keyof typeof at>('__alloc_pages_slowpath', 240, at, {
  rebalance: (k, f, t) => {
    if ((t.flags & (PF_MEMALLOC | TIF_MEMDIE)) !== 0) {
      // ALLOC_NO_WATERMARKS; a reclaimer does not recurse.
      return ret(t, k.buddy.freePages > 0 ? takePage(k) : NO_PAGE);
    }
    if ((f.gfp & GFP_WAIT) === 0) return ret(t, NO_PAGE);
    t.flags |= PF_MEMALLOC;
    return andThen(t, f, at.reclaimed, k.call.tryToFreePages(k, t, 0, f.gfp));
  },
  reclaimed: (k, f, t) => {
    t.flags &= ~PF_MEMALLOC;
    const progress = t.ret > 0;
    if (progress && passesMin(k, f.gfp)) return ret(t, takePage(k));
    if (!progress && (f.gfp & GFP_FS) !== 0 && (f.gfp & GFP_NORETRY) === 0)
      return andThen(t, f, at.oom, allocPagesMayOom(k, t));
    if (!progress) return goto(t, at.restart); // GFP_NOFS never OOMs and never fails at order 0 (R1.9)
    return nap(k, t, k.policy.reclaimNaps.allocatorRetry, NAP_20MS, at.rebalance);
  },
  restart: (k, f, t) => {
    k.call.wakeupKswapd(k, 0);
    if (passesMin(k, f.gfp)) return ret(t, takePage(k));
    return goto(t, at.rebalance);
  },
  oom: (k, _f, t) => (t.ret === OOM_GOT_PAGE ? ret(t, takePage(k)) : goto(t, at.restart)),
});
