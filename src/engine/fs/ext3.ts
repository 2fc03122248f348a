import { GFP_USER } from '../machine/gfp.ts';
import { assumed, remainder } from '../machine/kernel-function.ts';
import {
  blockWriteFullPage,
  type Filesystem,
  METADATA_LEFT_OUT,
  mpageReadPages,
  pageByPageWriter,
  pageWriter,
  submitRun,
} from './shared.ts';

/** With the block layer 2 KiB, the sum of model.md §11.4. */
const FRAMES = [
  remainder('ext3_ordered_writepage', 976),
  ...assumed('block_write_full_page', '__block_write_full_page', 'submit_bh'),
];
const page = pageWriter('ext3_ordered_writepage', FRAMES);
const run = pageByPageWriter('__writepage', [...assumed('__writepage'), ...FRAMES]);

/**
 * ext3, data=ordered: ->writepage writes one page, and there is no ->writepages, so that writeback goes out page by page and
 * patch 5 has no range to hand over (model.md §4.4, P5.4).
 * @remarks ->writepage redirties when its caller is inside a journal handle. Nobody is: page cache is allocated before the
 * handle starts, and nothing else allocates in this model.
 */
export const ext3: Filesystem = {
  id: 'ext3',
  label: 'ext3, ordered',
  source: 'fs/ext3/inode.c ext3_ordered_writepage(), model.md §4.4',
  leftOut: `${METADATA_LEFT_OUT}, so the commit every 5 s writes no data either; files are laid out beforehand`,
  roomPerPage: 0,
  writepage: (k, t, pfn) => blockWriteFullPage(k, t, pfn, page),
  hasWritepage: () => true,
  hasWritepages: () => false,
  doWritepages: (k, t, space) => k.call.writeCachePages(k, t, space),
  writeRun: (k, t, space, pfns) => submitRun(k, t, space, pfns, run),
  readPages: mpageReadPages,
  writeBeginGfp: () => GFP_USER,
};
