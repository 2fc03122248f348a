import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Space } from '../machine/space.ts';
import { setWbc, type Task } from '../machine/task.ts';
import { andThen, enter, type Frame, ret, steps } from '../sim/kthread.ts';
import { waitForWrites, writebackSingleInode } from './single-inode.ts';

interface SyncFrame extends Frame {
  readonly space: number;
}
const at = steps('write', 'wait', 'inode', 'done');

/**
 * vfs_fsync(): the whole file with SYNC_ALL, then every page that is under writeback, then the inode itself, for which
 * somebody else's I_SYNC is waited for (model.md §5.4, §3.9). Answers 0. May block.
 */
export function syncInode(_k: Kernel, t: Task, space: Space): number {
  if (!space.dirtyPages && !space.underSync && space.dirtyTag.count === 0 && space.writebackTag.count === 0) return 0;
  return enter(t, syncInodeFunction, { space: space.id });
}

const syncInodeFunction = kernelFunction<SyncFrame, keyof typeof at>('vfs_fsync_range', ASSUMED_BYTES, at, {
  write: (k, f, t) => {
    setWbc(t, { syncAll: true, nrToWrite: Infinity });
    return andThen(t, f, at.wait, k.call.doWritepages(k, t, k.space(f.space)));
  },
  wait: (k, f, t) => andThen(t, f, at.inode, waitForWrites(k, t, k.space(f.space))),
  inode: (k, f, t) => {
    const space = k.space(f.space);
    if (!space.dirtyPages) return ret(t, 0);
    setWbc(t, { syncAll: true, nrToWrite: 0 }); // the inode alone: its pages are written
    return andThen(t, f, at.done, writebackSingleInode(k, t, space));
  },
  done: (_k, _f, t) => ret(t, 0),
});
