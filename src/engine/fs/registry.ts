import type { Sockets } from '../machine/sockets.ts';
import { ext2 } from './ext2.ts';
import { swapReadpage, swapWritepage } from './page-io.ts';
import type { Filesystem } from './shared.ts';

export const FILESYSTEMS: readonly Filesystem[] = [ext2];

/** What the other rooms call here. A machine has one filesystem, and swap beside it. */
export const fsSockets: Pick<
  Sockets,
  'writepage' | 'doWritepages' | 'hasWritepages' | 'writeRun' | 'readPages' | 'swapWritepage' | 'swapReadpage'
> = {
  writepage: ext2.writepage,
  doWritepages: ext2.doWritepages,
  hasWritepages: ext2.hasWritepages,
  writeRun: ext2.writeRun,
  readPages: ext2.readPages,
  swapWritepage,
  swapReadpage,
};
