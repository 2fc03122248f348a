import type { Sockets } from '../machine/sockets.ts';
import { btrfs } from './btrfs.ts';
import { ext2 } from './ext2.ts';
import { ext3 } from './ext3.ts';
import { ext4 } from './ext4.ts';
import { swapReadpage, swapWritepage } from './page-io.ts';
import type { Filesystem } from './shared.ts';
import { xfs } from './xfs.ts';

/** Filesystems in the order of the menu; the first is the default. */
export const FILESYSTEMS: readonly Filesystem[] = [ext2, ext3, ext4, xfs, btrfs];

/** A filesystem by its id; an unknown one has been refused before it comes here. */
export function filesystemOf(id: string): Filesystem {
  return FILESYSTEMS.find((filesystem) => filesystem.id === id) ?? ext2;
}

type FsSockets = Omit<Filesystem, 'id' | 'label' | 'source' | 'leftOut' | 'roomPerPage'> &
  Pick<Sockets, 'swapWritepage' | 'swapReadpage'>;

/** What the other rooms call here. A machine has one filesystem, and swap beside it. */
export function fsSocketsOf(filesystem: Filesystem): FsSockets {
  const { writepage, hasWritepage, doWritepages, hasWritepages, writeRun, readPages, writeBeginGfp } = filesystem;
  return {
    writepage,
    hasWritepage,
    doWritepages,
    hasWritepages,
    writeRun,
    readPages,
    writeBeginGfp,
    swapWritepage,
    swapReadpage,
  };
}
