import { GFP_USER } from '../machine/gfp.ts';
import { assumed } from '../machine/kernel-function.ts';
import { blockWriteFullPage, type Filesystem, mpageReadPages, pageWriter, runWriter, submitRun } from './shared.ts';

const page = pageWriter(
  'ext2_writepage',
  assumed('ext2_writepage', 'block_write_full_page', '__block_write_full_page', 'submit_bh'),
);
const run = runWriter('__mpage_writepage', assumed('__mpage_writepage', 'mpage_bio_submit'));

/** The default: one page per ->writepage, multi-page bios from ->writepages, no tricks (model.md §4.4, P5.4). */
export const ext2: Filesystem = {
  id: 'ext2',
  label: 'ext2-like',
  source: 'fs/ext2/inode.c, model.md §4.4',
  leftOut: 'metadata I/O (model.md S5); files are laid out beforehand',
  roomPerPage: 0,
  writepage: (k, t, pfn) => blockWriteFullPage(k, t, pfn, page),
  hasWritepage: () => true,
  hasWritepages: () => true,
  doWritepages: (k, t, space) => k.call.writeCachePages(k, t, space),
  writeRun: (k, t, space, pfns) => submitRun(k, t, space, pfns, run),
  readPages: mpageReadPages,
  writeBeginGfp: () => GFP_USER,
};
