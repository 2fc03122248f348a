import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { nextBit } from '../machine/page-bits.ts';
import { waitOnPageWriteback } from '../machine/page-lock.ts';
import { pageAt, type Space } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import { WAIT_INODE_SYNC } from '../machine/waits.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { placeInode, requeueIo } from './inode-placement.ts';

interface InodeFrame extends Frame {
  readonly space: number;
}
const at = steps('wait for I_SYNC', 'written', 'place');

/**
 * writeback_single_inode(): R5.17. One inode through ->writepages over t.wbc, under I_SYNC; then it is placed on a list.
 * Somebody else's I_SYNC is not waited for unless the caller needs the data on disk. May block.
 */
export function writebackSingleInode(k: Kernel, t: Task, space: Space): number {
  if (space.underSync && !t.wbc.syncAll) {
    requeueIo(k, space);
    return 0;
  }
  return enter(t, writebackSingleInodeFunction, { space: space.id });
}

function start(k: Kernel, f: InodeFrame, t: Task): Next {
  const space = k.space(f.space);
  if (space.underSync) return k.sched.sleep(t, WAIT_INODE_SYNC, space.id, 0, at['wait for I_SYNC']);
  space.underSync = true;
  space.dirtyPages = false;
  if (t.wbc.nrToWrite <= 0) return goto(t, at.written); // do_writepages(): for the inode alone, fsync's second half
  return andThen(t, f, at.written, k.call.doWritepages(k, t, space));
}

const writebackSingleInodeFunction = kernelFunction<InodeFrame, keyof typeof at>(
  'writeback_single_inode',
  ASSUMED_BYTES,
  at,
  {
    'wait for I_SYNC': start,
    written: (k, f, t) => andThen(t, f, at.place, t.wbc.syncAll ? waitForWrites(k, t, k.space(f.space)) : 0),
    place: (k, f, t) => {
      const space = k.space(f.space);
      space.underSync = false;
      placeInode(k, space, t.wbc);
      k.sched.wakeAll(WAIT_INODE_SYNC, space.id);
      return ret(t, 0);
    },
  },
);

interface WaitFrame extends InodeFrame {
  index: number;
}
const waitAt = steps('next page');

/** filemap_fdatawait(): every page of the file that is under writeback, in file order. May block. */
export function waitForWrites(_k: Kernel, t: Task, space: Space): number {
  if (space.writebackTag.count === 0) return 0;
  return enter(t, waitForWritesFunction, { space: space.id, index: 0 });
}

const waitForWritesFunction = kernelFunction<WaitFrame, keyof typeof waitAt>(
  'wait_on_page_writeback_range',
  ASSUMED_BYTES,
  waitAt,
  {
    'next page': (k, f, t) => {
      const space = k.space(f.space);
      f.index = nextBit(space.writebackTag, f.index);
      if (f.index < 0) return ret(t, 0);
      return waitOnPageWriteback(k, t, pageAt(space, f.index), waitAt['next page']);
    },
  },
);
