import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Task } from '../machine/task.ts';
import type { Wb } from '../machine/wb.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { queueIo, redirtyTail } from './inode-placement.ts';
import { writebackSingleInode } from './single-inode.ts';

interface InodesFrame extends Frame {
  readonly wb: number;
  space: number;
  skippedBefore: number;
}
const at = steps('next inode', 'inode written');

/**
 * writeback_inodes_wb(): R5.16. Works off b_io from its oldest end until t.wbc.nrToWrite is used up; t.wbc.moreIo says
 * that more is waiting. May block.
 */
export function writebackInodesWb(k: Kernel, t: Task, wb: Wb): number {
  if (!k.policy.flusherLists.startsOncePerWork || t.wbc.wbStartNs === Infinity) t.wbc.wbStartNs = k.nowNs;
  // kupdate goes on with what is left on b_io whatever its age (E22).
  if (!t.wbc.forKupdate || wb.bIo.length === 0) queueIo(k, wb, t.wbc.olderThanNs, t.wbc);
  if (wb.bIo.length === 0) return 0;
  return enter(t, writebackInodesFunction, { wb: wb.id, space: 0, skippedBefore: 0 });
}

function nextInode(k: Kernel, f: InodesFrame, t: Task): Next {
  const oldest = k.m.wbs[f.wb]!.bIo.at(-1);
  if (oldest === undefined) return ret(t, 0);
  const space = k.space(oldest);
  if (space.dirtiedWhenNs > t.wbc.wbStartNs) return ret(t, 0); // dirtied since: or a writer could keep us here for ever
  f.space = oldest;
  f.skippedBefore = t.wbc.pagesSkipped;
  return andThen(t, f, at['inode written'], writebackSingleInode(k, t, space));
}

function inodeWritten(k: Kernel, f: InodesFrame, t: Task): Next {
  const { wbc } = t;
  if (wbc.pagesSkipped !== f.skippedBefore) redirtyTail(k, k.space(f.space)); // the filesystem would not: later
  if (wbc.nrToWrite <= 0) {
    wbc.moreIo = true;
    return ret(t, 0);
  }
  if (k.m.wbs[f.wb]!.bMoreIo.length > 0) wbc.moreIo = true;
  return goto(t, at['next inode']);
}

const writebackInodesFunction = kernelFunction<InodesFrame, keyof typeof at>('writeback_inodes_wb', ASSUMED_BYTES, at, {
  'next inode': nextInode,
  'inode written': inodeWritten,
});
