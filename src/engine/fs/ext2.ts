import { GFP_USER } from '../machine/gfp.ts';
import { blockWriteFullPage, type Filesystem, mpageReadPages, mpageWriteRun } from './shared.ts';

/** The default: one page per ->writepage, multi-page bios from ->writepages, no tricks (model.md §4.4, P5.4). */
export const ext2: Filesystem = {
  id: 'ext2',
  label: 'ext2-like',
  source: 'fs/ext2/inode.c, model.md §4.4',
  leftOut: 'metadata I/O (model.md S5); files are laid out beforehand',
  roomPerPage: 0,
  writepage: blockWriteFullPage,
  hasWritepage: () => true,
  hasWritepages: () => true,
  doWritepages: (k, t, space) => k.call.writeCachePages(k, t, space),
  writeRun: mpageWriteRun,
  readPages: mpageReadPages,
  writeBeginGfp: () => GFP_USER,
};
