import type { Ns } from '../../abi/units.ts';
import { moveInode } from '../machine/inode-lists.ts';
import type { Kernel } from '../machine/kernel.ts';
import { B_DIRTY, B_IO, B_MORE_IO, CLEAN, type Space } from '../machine/space.ts';
import type { WritebackControl } from '../machine/task.ts';
import { type Wb, wbOf } from '../machine/wb.ts';
import { shouldWriteback } from './memcg-dirty.ts';

// Where an inode goes on the flusher's lists. They are arrays of space ids, newest first; work is taken from the end (R5.11).

function showsB3(k: Kernel): boolean {
  return k.sysctl.historicalBugs && k.policy.flusherLists.hasB3;
}

/**
 * queue_io(): R5.12. b_more_io goes to the end that is worked off next, before what waited there; 2.6.36 puts it behind
 * (B3). The expired inodes of b_dirty come behind everything, the oldest first in turn; for a memory cgroup only its own.
 */
export function queueIo(k: Kernel, wb: Wb, olderThanNs: Ns, wbc?: WritebackControl): void {
  for (const id of wb.bMoreIo) k.space(id).list = B_IO;
  wb.bIo = showsB3(k) ? [...wb.bIo, ...wb.bMoreIo] : [...wb.bMoreIo, ...wb.bIo];
  wb.bMoreIo = [];
  let kept = wb.bDirty.length;
  while (kept > 0 && k.space(wb.bDirty[kept - 1]!).dirtiedWhenNs <= olderThanNs) kept--;
  let expired = wb.bDirty.splice(kept);
  if (wbc?.forCgroup) {
    const isWanted = (id: number) => shouldWriteback(k, k.space(id), wbc);
    wb.bDirty.push(...expired.filter((id) => !isWanted(id)));
    expired = expired.filter(isWanted);
  }
  for (const id of expired) k.space(id).list = B_IO;
  wb.bIo.unshift(...expired);
}

/**
 * redirty_tail(): to the newest end of b_dirty. Its age restarts if the newest inode there is younger, so that the list
 * stays sorted (R5.18, I11); on an empty list it keeps its age.
 */
export function redirtyTail(k: Kernel, space: Space): void {
  const newest = wbOf(k, space).bDirty[0];
  if (newest !== undefined && space.dirtiedWhenNs < k.space(newest).dirtiedWhenNs) space.dirtiedWhenNs = k.nowNs;
  moveInode(k, space, B_DIRTY);
}

/** requeue_io(). */
export function requeueIo(k: Kernel, space: Space): void {
  moveInode(k, space, B_MORE_IO);
}

/** The end of writeback_single_inode(): R5.17's table, first match. Metadata is not modelled (S5), so I_DIRTY is I_DIRTY_PAGES. */
export function placeInode(k: Kernel, space: Space, wbc: WritebackControl): void {
  const redirtied = space.dirtyPages;
  const hasDirtyTags = space.dirtyTag.count > 0;
  if (hasDirtyTags) space.dirtyPages = true;
  if (!redirtied && !hasDirtyTags) {
    moveInode(k, space, CLEAN);
    return;
  }
  // 2.6.36 asks only whether the slice ended; before, a partly written inode went back to b_dirty unless for kupdate (B3).
  const mayGoOn = showsB3(k) ? wbc.forKupdate : hasDirtyTags;
  if (mayGoOn && wbc.nrToWrite <= 0) requeueIo(k, space);
  else redirtyTail(k, space);
}
