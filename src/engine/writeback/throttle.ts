import { congestionWait, NAP_100MS } from '../machine/congestion.ts';
import { GFP_FS, GFP_IO } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { enter, type Frame, ret, steps } from '../sim/kthread.ts';
import { dirtyLimits } from './limits.ts';
import { isMemcgFlooded } from './memcg-dirty.ts';

interface ThrottleFrame extends Frame {
  readonly gfp: number;
}
const at = steps('nap', 'napped');

/**
 * throttle_vm_writeout(): whoever reclaims naps while more than 1.1 times the dirty limit is under writeback, swap
 * included (R5.10, model.md §3.9); where groups have dirty limits, the same of the group that is reclaimed from. Without __GFP_FS or __GFP_IO once only: the caller may hold what the I/O needs. May block.
 */
export function throttleVmWriteout(k: Kernel, t: Task, gfp: number): number {
  if (!k.policy.reclaimNaps.whileFlooded || !isFlooded(k, t)) return 0;
  return enter(t, throttleFunction, { gfp });
}

function isFlooded(k: Kernel, t: Task): boolean {
  const { dirty } = dirtyLimits(k);
  if (k.vm[VM.nr_writeback]! > dirty + Math.floor(dirty / 10)) return true;
  return t.sc.memcg !== 0 && k.policy.memcgCleaner.limitsDirtyPages && isMemcgFlooded(k, t.sc.memcg);
}

const FS_AND_IO = GFP_FS | GFP_IO;

const throttleFunction = kernelFunction<ThrottleFrame, keyof typeof at>('throttle_vm_writeout', ASSUMED_BYTES, at, {
  nap: (k, _f, t) => congestionWait(k, t, NAP_100MS, at.napped),
  napped: (k, f, t) => {
    if ((f.gfp & FS_AND_IO) !== FS_AND_IO || !isFlooded(k, t)) return ret(t, 0);
    return congestionWait(k, t, NAP_100MS, at.napped);
  },
});
