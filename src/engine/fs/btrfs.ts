import type { Pages, Pfn } from '../../abi/units.ts';
import { allocateBlocks, releaseBlocks } from '../machine/blocks.ts';
import { GFP_USER } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { assumed } from '../machine/kernel-function.ts';
import type { Space } from '../machine/space.ts';
import { PF_MEMALLOC, type Task } from '../machine/task.ts';
import {
  blockWriteFullPage,
  type Filesystem,
  METADATA_LEFT_OUT,
  mpageReadPages,
  pageWriter,
  redirtyAndUnlock,
  runWriter,
  submitRun,
} from './shared.ts';

const SUBMIT = ['submit_extent_page', 'submit_one_bio', 'btrfs_submit_bio_hook', 'btrfs_map_bio'];
const page = pageWriter(
  'btrfs_writepage',
  assumed('btrfs_writepage', 'extent_write_full_page', '__extent_writepage', ...SUBMIT),
);
const run = runWriter('__extent_writepage', assumed('__extent_writepage', ...SUBMIT));

/** btrfs_writepage(): nothing for a reclaimer with PF_MEMALLOC; for others (a memcg at its limit) the page. */
function writepage(k: Kernel, t: Task, pfn: Pfn): number {
  if ((t.flags & PF_MEMALLOC) !== 0) return redirtyAndUnlock(k, t, pfn);
  const { space, index } = k.pages.columns;
  copyOnWrite(k.space(space[pfn]!), index[pfn]!, 1);
  return blockWriteFullPage(k, t, pfn, page);
}

/** cow_file_range(): the pages go to new blocks behind what was allocated last; the old ones are free again. */
function copyOnWrite({ blocks }: Space, first: Pages, pages: Pages): void {
  const behind = blocks.cursor;
  releaseBlocks(blocks, first, pages);
  allocateBlocks(blocks, first, pages, behind);
}

/** extent_writepages(): a run of pages is one extent. The guard of ->writepage is not asked (P5.5). */
function writeRun(k: Kernel, t: Task, space: Space, pfns: readonly Pfn[]): number {
  copyOnWrite(space, k.pages.columns.index[pfns[0]!]!, pfns.length);
  return submitRun(k, t, space, pfns, run);
}

/** btrfs (model.md §4.4): never writes in place. */
export const btrfs: Filesystem = {
  id: 'btrfs',
  label: 'btrfs',
  source: 'fs/btrfs/inode.c btrfs_writepage(), fs/btrfs/extent_io.c; model.md §4.4',
  leftOut: `${METADATA_LEFT_OUT}, checksums, the worker threads that submit for it; old blocks are free at once, not at the next commit`,
  roomPerPage: 2,
  writepage,
  hasWritepage: (k) => k.policy.fsReclaimGuard.extentFsHaveWritepage,
  hasWritepages: () => true,
  doWritepages: (k, t, space) => k.call.writeCachePages(k, t, space),
  writeRun,
  readPages: mpageReadPages,
  writeBeginGfp: () => GFP_USER,
};
