import type { Pages, Pfn } from '../../abi/units.ts';
import { allocateBlocks } from '../machine/blocks.ts';
import { callPath, noteCallPath } from '../machine/call-path.ts';
import { GFP_NOFS } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { assumed, remainder } from '../machine/kernel-function.ts';
import { hasBit } from '../machine/page-bits.ts';
import { NONE } from '../machine/page-table.ts';
import type { Space } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import {
  blockWriteFullPage,
  delayedRun,
  type Filesystem,
  METADATA_LEFT_OUT,
  mpageReadPages,
  pageByPageWriter,
  pageWriter,
  raisedWritepages,
  redirtyAndUnlock,
  submitRun,
} from './shared.ts';

/** s_max_writeback_mb_bump, 128 MiB. */
const SLICE_MAX_BYTES = 128 * 1048576;

const BUFFERS = assumed('block_write_full_page', '__block_write_full_page', 'submit_bh');
/** With the block layer 3.5 KiB, the middle of model.md §11.4's 3 to 4: allocation and ->writepage alike. */
const FRAMES = [remainder('ext4_writepage', 2512), ...BUFFERS];
const page = pageWriter('ext4_writepage', FRAMES);
const run = pageByPageWriter('mpage_da_submit_io', [...assumed('mpage_da_submit_io', 'ext4_writepage'), ...BUFFERS]);
const mapBlocks = callPath('ext4_map_blocks', [remainder('mpage_da_map_and_submit', 3584)]);

/** ext4_writepage(): from reclaim it writes only what has blocks, whoever asks; the rest waits for ->writepages. */
function writepage(k: Kernel, t: Task, pfn: Pfn): number {
  const { space, index } = k.pages.columns;
  const { blocks } = k.space(space[pfn]!);
  return blocks.of[index[pfn]!] === NONE ? redirtyAndUnlock(k, t, pfn) : blockWriteFullPage(k, t, pfn, page);
}

const daWritepages = raisedWritepages('ext4_da_writepages');

/** ext4_da_writepages(): the slice is raised to all contiguous dirty pages, or to eight slices for a whole file, up to 128 MiB. */
function doWritepages(k: Kernel, t: Task, space: Space): number {
  const { nrToWrite } = t.wbc;
  return daWritepages(k, t, space, nrToWrite === Infinity ? 0 : Math.max(0, desiredPages(k, t, space) - nrToWrite));
}

function desiredPages(k: Kernel, { wbc }: Task, space: Space): Pages {
  const most = SLICE_MAX_BYTES / k.pageBytes;
  if (!wbc.rangeCyclic && wbc.rangeStart === 0 && wbc.rangeEnd === Infinity) return Math.min(most, wbc.nrToWrite * 8);
  const start = wbc.rangeCyclic ? space.writebackIndex : wbc.rangeStart;
  let end = start;
  while (end < start + most && end < space.sizePages && hasBit(space.dirtyTag, end)) end++;
  return end - start;
}

/**
 * mpage_da_map_and_submit(): blocks for the stretches of the run that have none, then page by page through ->writepage. No page
 * gets its block before it is handed to the disk, so reclaim never finds one that it could write.
 */
function writeRun(k: Kernel, t: Task, space: Space, pfns: readonly Pfn[]): number {
  const first = k.pages.columns.index[pfns[0]!]!;
  const { blocks } = space;
  for (let index = first; index < first + pfns.length; index++) {
    const pages = delayedRun(space, index, first + pfns.length - index);
    if (pages === 0) continue;
    noteCallPath(k, t, mapBlocks);
    allocateBlocks(blocks, index, pages, index); // the goal follows from the neighbours, which keeps a file in order
  }
  return submitRun(k, t, space, pfns, run);
}

/** ext4 with delayed allocation (model.md §4.4). Its buffered writes allocate page cache with GFP_NOFS (R1.9). */
export const ext4: Filesystem = {
  id: 'ext4',
  label: 'ext4, delalloc',
  source: 'fs/ext4/inode.c of 2.6.35, model.md §4.4, R1.9',
  leftOut: METADATA_LEFT_OUT,
  roomPerPage: 1,
  writepage,
  hasWritepage: () => true,
  hasWritepages: () => true,
  doWritepages,
  writeRun,
  readPages: mpageReadPages,
  writeBeginGfp: () => GFP_NOFS,
};
