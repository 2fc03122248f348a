import { ACTOR } from '../../abi/actor.ts';
import { MS, type Ns, type Pfn, S } from '../../abi/units.ts';
import type { Bdi } from './bdi.ts';
import { markInodeDirty } from './inode-lists.ts';
import type { Kernel } from './kernel.ts';
import { leaveDirtyList, rotateReclaimablePage } from './lru-moves.ts';
import { clearBit, setBit } from './page-bits.ts';
import { propNormalize } from './proportions.ts';
import { acctReclaimWriteback } from './reclaim-throttle.ts';
import { CLEAN, MANY_MEMCGS, NO_MEMCG, type Space } from './space.ts';
import type { Task } from './task.ts';
import { VM } from './vmstat.ts';
import { WAIT_PAGE_WRITEBACK } from './waits.ts';
import { attachWb } from './wb.ts';

// The life of a written page (model.md §4.2): every change of PG_dirty and PG_writeback, with its counters and tags.

const SURPLUS_UNIT_NS = 100 * MS;
/** A surplus page of a range write that is dirtied again within this was written for nothing (design.md, Defaults). */
const REDIRTIED_WITHIN_NS: Ns = 5 * S;

/** __set_page_dirty_nobuffers(): R5.2. `t` is the dirtier, whose share of dirtying grows. Answers whether the page was clean. */
export function setPageDirty(k: Kernel, t: Task, pfn: Pfn): boolean {
  const { pages } = k;
  if (pages.isDirty(pfn)) return false;
  pages.setDirtyFlag(pfn);
  if (k.policy.skippedDirty.tagsReclaim) pages.clearReclaim(pfn); // the tag was for the old content (2.6.39)
  if (pages.isSwapBacked(pfn)) return true; // swap cache: not counted in NR_FILE_DIRTY (R4.7)
  k.vm[VM.pages_dirtied]!++;
  k.bdiOf(k.space(pages.columns.space[pfn]!)).dirtiedPages++;
  accountPageDirtied(k, t, pfn);
  if (pages.isSurplus(pfn))
    settleSurplus(k, pfn, surplusAgeNs(k, pfn) <= REDIRTIED_WITHIN_NS ? VM.range_collateral_redirtied : -1);
  return true;
}

/**
 * redirty_page_for_writepage(): the filesystem was handed a page, cleared for I/O, and will not write it now. It is dirty
 * again as if the caller had dirtied it, but no program has: pages_dirtied stays.
 */
export function redirtyPageForWritepage(k: Kernel, t: Task, pfn: Pfn): void {
  t.wbc.pagesSkipped++;
  if (k.pages.isDirty(pfn)) return;
  k.pages.setDirtyFlag(pfn);
  accountPageDirtied(k, t, pfn);
}

/** account_page_dirtied(), the tag and the inode. */
function accountPageDirtied(k: Kernel, t: Task, pfn: Pfn): void {
  const { columns } = k.pages;
  countDirty(k, pfn, 1);
  noteTaskDirty(k, t);
  const space = k.space(columns.space[pfn]!);
  setBit(space.dirtyTag, columns.index[pfn]!);
  if (space.list === CLEAN && k.m.config.memcgFlushers) attachWb(k, space, columns.memcg[pfn]!);
  noteDirtier(space, columns.memcg[pfn]!);
  markInodeDirty(k, space);
}

/** task_dirty_inc(): R5.5's share of recent dirtying. */
function noteTaskDirty(k: Kernel, t: Task): void {
  const { proportions } = k.m;
  proportions.dirties++;
  const { local, period } = propNormalize(t.dirtyEvents, t.dirtyPeriod, proportions.dirties, proportions.shift);
  t.dirtyEvents = local + 1;
  t.dirtyPeriod = period;
}

/** clear_page_dirty_for_io(): clears PG_reclaim (R3.40) where skipped pages are not tagged with it, write-protects the pte, and answers whether the page was dirty. */
export function clearPageDirtyForIo(k: Kernel, pfn: Pfn): boolean {
  const { pages } = k;
  if (!k.policy.skippedDirty.tagsReclaim) pages.clearReclaim(pfn);
  pages.takePteDirty(pfn); // a dirty pte of a shared mapping belongs to a page that is PG_dirty already (R5.1)
  if (!pages.isDirty(pfn)) return false;
  pages.clearDirtyFlag(pfn);
  if (!pages.isSwapBacked(pfn)) countDirty(k, pfn, -1);
  return true;
}

/** cancel_dirty_page(): a file page's dirt is thrown away. The tag goes with the page's place in the cache. */
export function cancelDirtyPage(k: Kernel, pfn: Pfn): void {
  if (!k.pages.isDirty(pfn)) return;
  k.pages.clearDirtyFlag(pfn);
  countDirty(k, pfn, -1);
}

/** The inode belongs to the group of its dirty pages, until it is clean; dirtied by a second one, to nobody (history.md §5.2). */
function noteDirtier(space: Space, memcg: number): void {
  if (space.memcg === memcg) return;
  space.memcg = space.memcg === NO_MEMCG ? memcg : MANY_MEMCGS;
}

/** A file page more, or fewer, is dirty: of the machine, of the disk, of its group. */
function countDirty(k: Kernel, pfn: Pfn, by: number): void {
  k.vm[VM.nr_file_dirty]! += by;
  k.bdiOf(k.space(k.pages.columns.space[pfn]!)).reclaimablePages += by;
  const memcg = k.pages.columns.memcg[pfn]!;
  if (memcg !== 0) k.m.memcgs[memcg]!.dirtyPages += by;
}

function countWriteback(k: Kernel, pfn: Pfn, by: number): void {
  k.bdiOf(k.space(k.pages.columns.space[pfn]!)).writebackPages += by;
  const memcg = k.pages.columns.memcg[pfn]!;
  if (memcg !== 0) k.m.memcgs[memcg]!.writebackPages += by;
}

/** test_set_page_writeback(): the DIRTY tag goes here, not when PG_dirty went (I8). */
export function setPageWriteback(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  const { columns } = pages;
  pages.setWritebackFlag(pfn);
  columns.ioVersion[pfn] = columns.version[pfn]!;
  k.vm[VM.nr_writeback]!++;
  if (pages.isSwapBacked(pfn)) return;
  countWriteback(k, pfn, 1);
  const space = k.space(columns.space[pfn]!);
  setBit(space.writebackTag, columns.index[pfn]!);
  if (!pages.isDirty(pfn)) clearBit(space.dirtyTag, columns.index[pfn]!);
}

/** end_page_writeback(): rotation first, then the flag and the waiters (R3.37). The write has reached the disk. */
export function endPageWriteback(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  const { columns } = pages;
  if (pages.isKeptDirty(pfn) && !pages.isDirty(pfn)) leaveDirtyList(k, pfn);
  if (pages.isReclaim(pfn)) {
    pages.clearReclaim(pfn);
    rotateReclaimablePage(k, pfn);
  }
  pages.clearWritebackFlag(pfn);
  k.vm[VM.nr_writeback]!--;
  k.vm[VM.pages_completed]!++;
  if (k.zone.writebackThrottled > 0) acctReclaimWriteback(k);
  if (pages.isSwapBacked(pfn)) {
    k.swap.diskVersion[columns.swapSlot[pfn]!] = columns.ioVersion[pfn]!;
  } else {
    countWriteback(k, pfn, -1);
    const space = k.space(columns.space[pfn]!);
    clearBit(space.writebackTag, columns.index[pfn]!);
    space.diskVersion[columns.index[pfn]!] = columns.ioVersion[pfn]!;
    noteCompletion(k, k.bdiOf(space));
  }
  if (pages.isContended(pfn)) k.sched.wakeAll(WAIT_PAGE_WRITEBACK, pfn);
}

/** __bdi_writeout_inc(). */
function noteCompletion(k: Kernel, bdi: Bdi): void {
  const { proportions } = k.m;
  proportions.completions++;
  bdi.writtenPages++;
  const { completions, shift } = proportions;
  const { local, period } = propNormalize(bdi.completions, bdi.completionPeriod, completions, shift);
  bdi.completions = local + 1;
  bdi.completionPeriod = period;
}

/** A page that a range write took along though nobody asked for it (model.md P5.8). */
export function markSurplus(k: Kernel, pfn: Pfn): void {
  k.pages.setSurplus(pfn);
  k.pages.columns.surplusAt[pfn] = Math.floor(k.nowNs / SURPLUS_UNIT_NS) & 0xffff;
  k.vm[VM.range_collateral_pages]!++;
}

/** The fate of a surplus page is known: `counter` gets it, or none (-1) when it stays neither useful nor wasted. */
export function settleSurplus(k: Kernel, pfn: Pfn, counter: number): void {
  k.pages.clearSurplus(pfn);
  if (counter >= 0) k.vm[counter]!++;
}

function surplusAgeNs(k: Kernel, pfn: Pfn): Ns {
  const units = (Math.floor(k.nowNs / SURPLUS_UNIT_NS) - k.pages.columns.surplusAt[pfn]!) & 0xffff;
  return units * SURPLUS_UNIT_NS;
}

const WRITTEN_BY = [
  VM.written_by_task,
  VM.written_by_kswapd,
  VM.written_by_direct,
  VM.written_by_memcg,
  VM.written_by_flusher,
];

/** Pages handed to the disk, by who submitted them. */
export function noteSubmitted(k: Kernel, actor: number, pages: number): void {
  k.vm[VM.pages_submitted]! += pages;
  k.vm[VM.pages_written]! += pages;
  k.vm[WRITTEN_BY[actor]!]! += pages;
}

/** Pages that reclaim handed to ->writepage or ->writepages, by who and of what: what I19 is about. */
export function noteReclaimWrite(k: Kernel, actor: number, anon: boolean, pages: number): void {
  k.vm[reclaimWriteCounter(actor, anon)]! += pages;
}

export function reclaimWriteCounter(actor: number, anon: boolean): number {
  if (actor === ACTOR.KSWAPD) return anon ? VM.kswapd_reclaim_wrote_anon : VM.kswapd_reclaim_wrote_file;
  if (actor === ACTOR.MEMCG) return anon ? VM.memcg_reclaim_wrote_anon : VM.memcg_reclaim_wrote_file;
  return anon ? VM.direct_reclaim_wrote_anon : VM.direct_reclaim_wrote_file;
}
