import type { Pages, Pfn } from '../../abi/units.ts';
import { allocateBlocks } from '../machine/blocks.ts';
import { noteCallPath } from '../machine/call-path.ts';
import { GFP_USER } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { trylockPage } from '../machine/page-lock.ts';
import { clearPageDirtyForIo } from '../machine/page-state.ts';
import { NONE } from '../machine/page-table.ts';
import { contiguousPages, pageAt, type Space } from '../machine/space.ts';
import { PF_KSWAPD, PF_MEMALLOC, type Task } from '../machine/task.ts';
import {
  delayedRun,
  type Filesystem,
  METADATA_LEFT_OUT,
  mpageReadPages,
  raisedWritepages,
  redirtyAndUnlock,
  runWriter,
  submitRun,
} from './shared.ts';
import { allocate, SUBMIT_FRAMES } from './xfs/stack.ts';

const run = runWriter('xfs_submit_ioend', SUBMIT_FRAMES);

/** xfs_vm_writepage() multiplies nr_to_write: the flusher's slice of 4 MiB becomes 16, reclaim's 32 pages 128. */
const SLICE_FACTOR = 4;
/** A hole in the file up to so many times the allocation is left on the disk as well. */
const GAP_FACTOR = 4;

/** What the kernel in force says of reclaim that comes in here. */
function refuses(k: Kernel, t: Task): boolean {
  const { xfsRefusesMemalloc, xfsWritesForKswapd } = k.policy.fsReclaimGuard;
  if (!xfsRefusesMemalloc || (t.flags & PF_MEMALLOC) === 0) return false;
  return !xfsWritesForKswapd || (t.flags & PF_KSWAPD) === 0;
}

/** xfs_vm_writepage(): the page, and behind it the dirty pages of its extent (xfs_cluster_write()). */
function writepage(k: Kernel, t: Task, pfn: Pfn): number {
  if (refuses(k, t)) return redirtyAndUnlock(k, t, pfn);
  const { columns } = k.pages;
  const space = k.space(columns.space[pfn]!);
  allocateAround(k, t, space, columns.index[pfn]!);
  return submitRun(k, t, space, clusterOf(k, t, space, pfn), run);
}

/** xfs_iomap_write_allocate(): real blocks for the whole stretch of delayed ones that the page lies in. */
function allocateAround(k: Kernel, t: Task, space: Space, index: Pages): void {
  if (delayedRun(space, index, 1) === 0) return;
  noteCallPath(k, t, allocate);
  let first = index;
  while (first > 0 && delayedRun(space, first - 1, 1) > 0) first--;
  const pages = delayedRun(space, first, Infinity);
  allocateBlocks(space.blocks, first, pages, goalOf(space, first, pages));
}

/** xfs_bmap_adjacent(): behind the file's pages to the left, with their gap if it is small; else behind the last allocation. */
function goalOf({ blocks }: Space, first: Pages, pages: Pages): Pages {
  const least = Math.max(0, first - 1 - pages * GAP_FACTOR);
  for (let left = first - 1; left >= least; left--)
    if (blocks.of[left] !== NONE) return blocks.of[left]! + first - left;
  return blocks.cursor;
}

/** The page and those behind it: dirty, in the same extent, not locked or under writeback, as many as the caller wants. */
function clusterOf(k: Kernel, t: Task, space: Space, pfn: Pfn): Pfn[] {
  const { pages } = k;
  const cluster = [pfn];
  const index = pages.columns.index[pfn]!;
  const extent = contiguousPages(space, index, t.wbc.nrToWrite * SLICE_FACTOR + 1);
  for (let at = 1; at < extent; at++) {
    const mate = pageAt(space, index + at);
    if (mate === NONE || !pages.isDirty(mate) || pages.isUnderWriteback(mate)) break;
    if (!trylockPage(k, t, mate)) break;
    clearPageDirtyForIo(k, mate);
    pages.setLaps(mate, 0);
    cluster.push(mate);
  }
  return cluster;
}

const vmWritepages = raisedWritepages('xfs_vm_writepages');

/** xfs_vm_writepages() with what xfs_vm_writepage() does to the slice. */
function doWritepages(k: Kernel, t: Task, space: Space): number {
  const { nrToWrite } = t.wbc;
  return vmWritepages(k, t, space, nrToWrite === Infinity ? 0 : nrToWrite * (SLICE_FACTOR - 1));
}

/** ->writepages ends in ->writepage, whose guard holds here too (P5.5). */
function writeRun(k: Kernel, t: Task, space: Space, pfns: readonly Pfn[]): number {
  if (refuses(k, t)) {
    for (const pfn of pfns) redirtyAndUnlock(k, t, pfn);
    return 0;
  }
  const first = k.pages.columns.index[pfns[0]!]!;
  for (let index = first; index < first + pfns.length; index++) allocateAround(k, t, space, index);
  return submitRun(k, t, space, pfns, run);
}

/** XFS (model.md §4.4, §8.8): what it does for reclaim depends on the kernel. */
export const xfs: Filesystem = {
  id: 'xfs',
  label: 'XFS',
  source: 'fs/xfs/linux-2.6/xfs_aops.c, model.md §4.4',
  leftOut: METADATA_LEFT_OUT,
  roomPerPage: 1,
  writepage,
  hasWritepage: (k) => k.policy.fsReclaimGuard.extentFsHaveWritepage,
  hasWritepages: () => true,
  doWritepages,
  writeRun,
  readPages: mpageReadPages,
  writeBeginGfp: () => GFP_USER,
};
