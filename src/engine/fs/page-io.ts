import type { Pfn } from '../../abi/units.ts';
import { callPath, noteCallPath, SUBMIT_BIO_FRAMES } from '../machine/call-path.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction, remainder } from '../machine/kernel-function.ts';
import { unlockPage } from '../machine/page-lock.ts';
import { setPageWriteback } from '../machine/page-state.ts';
import { LOCKED_BY_IO } from '../machine/page-table.ts';
import { swapSector } from '../machine/swap-map.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { BLOCKED, enterUnder, type Frame, ret, steps } from '../sim/kthread.ts';

// mm/page_io.c: the swap area is read and written page by page, whatever filesystem the files have.

/** swap_writepage() of one locked page of the swap cache, cleared for I/O (R4.9). Answers WROTE. */
export function swapWritepage(k: Kernel, t: Task, pfn: Pfn): number {
  k.vm[VM.pswpout]!++;
  setPageWriteback(k, pfn);
  unlockPage(k, pfn);
  noteCallPath(k, t, swapPath);
  const depth = t.stack.length;
  const answer = submitSwapPage(k, t, pfn, true);
  return answer === BLOCKED ? enterUnder(t, depth, swapWrite, {}, passed.submitted) : answer;
}

/** swap_readpage() of one locked page of the swap cache: its lock goes over to the I/O (R4.10). */
export function swapReadpage(k: Kernel, t: Task, pfn: Pfn): number {
  k.vm[VM.pswpin]!++;
  k.pages.columns.lockedBy[pfn] = LOCKED_BY_IO;
  const depth = t.stack.length;
  const answer = submitSwapPage(k, t, pfn, false);
  return answer === BLOCKED ? enterUnder(t, depth, swapRead, {}, passed.submitted) : answer;
}

function submitSwapPage(k: Kernel, t: Task, pfn: Pfn, write: boolean): number {
  const sector = swapSector(k.swap, k.pages.columns.swapSlot[pfn]!);
  return k.call.submitBio(k, t, { write, sync: false, disk: k.swap.disk, sector, pfns: [pfn] });
}

const passed = steps('submitted');
/** With the block layer 1 KiB, the sum of model.md §11.4. */
const SWAP_FRAMES = [remainder('swap_writepage', 240)];
const swapPath = callPath('swap_writepage', [...SWAP_FRAMES, ...SUBMIT_BIO_FRAMES]);
const swapWrite = kernelFunction<Frame, keyof typeof passed>('swap_writepage', SWAP_FRAMES, passed, {
  submitted: (_k, _f, t) => ret(t, t.ret),
});
const swapRead = kernelFunction<Frame, keyof typeof passed>('swap_readpage', ASSUMED_BYTES, passed, {
  submitted: (_k, _f, t) => ret(t, t.ret),
});
