import { ACTOR } from '../../abi/actor.ts';
import { RECLAIM_WB_ANON, RECLAIM_WB_ASYNC, RECLAIM_WB_FILE, RECLAIM_WB_SYNC } from '../../abi/trace-flags.ts';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { waitOnPageWriteback } from '../machine/page-lock.ts';
import { clearPageDirtyForIo, noteReclaimWrite } from '../machine/page-state.ts';
import { ACTIVATE } from '../machine/sockets.ts';
import { actorOf, KSWAPD, PF_SWAPWRITE, setWbc, type Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { ASYNC } from '../machine/waits.ts';
import { BLOCKED, enter, enterUnder, type Frame, goto, ret, steps } from '../sim/kthread.ts';
import { SWAP_CLUSTER_MAX } from './limits.ts';

/** pageout()'s answers. */
export const PAGE_KEEP = 0;
export const PAGE_ACTIVATE = 1;
export const PAGE_SUCCESS = 2;
export const PAGE_CLEAN = 3;

/**
 * vmscan.c may_write_to_queue(): model.md R4.1(4). Swap's bdi never shows congestion (R3.36): whoever swaps to a full
 * queue blocks in get_request_wait.
 */
export function mayWriteToQueue(k: Kernel, t: Task, pfn: Pfn): boolean {
  if ((t.flags & PF_SWAPWRITE) !== 0 || k.pages.isSwapBacked(pfn)) return true;
  const { disk } = k.space(k.pages.columns.space[pfn]!);
  return !k.m.bdis[disk]!.congested[ASYNC] || t.writesTo === disk;
}

/** vmscan.c pageout() of one locked dirty page: model.md R4.1–R4.5. May block in ->writepage. */
export function pageout(k: Kernel, t: Task, pfn: Pfn): number {
  if (k.pages.columns.pins[pfn] !== 0) return PAGE_KEEP;
  if (!k.pages.isSwapBacked(pfn) && !k.call.hasWritepage(k)) return PAGE_ACTIVATE;
  if (!mayWriteToQueue(k, t, pfn)) return PAGE_KEEP;
  return writeLockedPage(k, t, pfn, t.sc.syncWriteback);
}

/** From step (5) of R4.1 on; patch 5 comes here directly (P5.5). `sync`: waits until the page is on disk. */
export function writeLockedPage(k: Kernel, t: Task, pfn: Pfn, sync: boolean): number {
  const { pages } = k;
  if (!clearPageDirtyForIo(k, pfn)) return PAGE_CLEAN;
  const laps = pages.lapsOf(pfn);
  pages.setLaps(pfn, 0);
  setWbc(t, { nrToWrite: SWAP_CLUSTER_MAX, forReclaim: true, nonblocking: true });
  pages.setReclaim(pfn);
  const depth = t.stack.length;
  const answer = pages.isSwapBacked(pfn) ? k.call.swapWritepage(k, t, pfn) : k.call.writepage(k, t, pfn);
  if (answer === BLOCKED) return enterUnder(t, depth, pageoutFunction, { pfn, sync, answer: 0 }, at.written);
  if (pages.isDirty(pfn)) pages.setLaps(pfn, laps); // the filesystem would not
  if (sync) return enter(t, pageoutFunction, { pfn, sync, answer }, at.wait);
  return afterWritepage(k, t, pfn, sync, answer);
}

/** R4.1 (7), (9), (10): the write is on its way or over, or the filesystem would not. */
function afterWritepage(k: Kernel, t: Task, pfn: Pfn, sync: boolean, answer: number): number {
  const { pages } = k;
  if (answer === ACTIVATE) {
    pages.clearReclaim(pfn);
    return PAGE_ACTIVATE;
  }
  if (!pages.isUnderWriteback(pfn)) pages.clearReclaim(pfn);
  const anon = pages.isSwapBacked(pfn);
  // B6: the kernel counts attempts, also those that the filesystem only redirties (R4.2).
  if (k.sysctl.historicalBugs || !pages.isDirty(pfn)) k.vm[VM.nr_vmscan_write]!++;
  k.vm[writeCounter(t, anon, sync)]!++;
  noteReclaimWrite(k, actorOf(t), anon, 1);
  const type = anon ? RECLAIM_WB_ANON : RECLAIM_WB_FILE;
  k.trace.emit(TRACE_ID.writepage, k.nowNs, t.id, pfn, pfn, type | (sync ? RECLAIM_WB_SYNC : RECLAIM_WB_ASYNC));
  return PAGE_SUCCESS;
}

/** The row of the post-processing script that this write is counted in. */
function writeCounter(t: Task, anon: boolean, sync: boolean): number {
  if (t.kind === KSWAPD) return anon ? VM.kswapd_write_anon : VM.kswapd_write_file;
  if (actorOf(t) === ACTOR.MEMCG) return anon ? VM.memcg_write_anon : VM.memcg_write_file;
  if (sync) return anon ? VM.direct_write_anon_sync : VM.direct_write_file_sync;
  return anon ? VM.direct_write_anon : VM.direct_write_file;
}

interface Pageout extends Frame {
  pfn: Pfn;
  sync: boolean;
  /** ->writepage's. */
  answer: number;
}
const at = steps('written', 'wait');
// 0 bytes: inlined in shrink_page_list() (stack-traces.json A).
const pageoutFunction = kernelFunction<Pageout, keyof typeof at>('pageout', 0, at, {
  written: (_k, f, t) => {
    f.answer = t.ret;
    return goto(t, at.wait);
  },
  // R4.1 (8)
  wait: (k, f, t) => {
    if (f.sync && k.pages.isUnderWriteback(f.pfn)) return waitOnPageWriteback(k, t, f.pfn, at.wait);
    return ret(t, afterWritepage(k, t, f.pfn, f.sync, f.answer));
  },
});
