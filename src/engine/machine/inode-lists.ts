import type { Kernel } from './kernel.ts';
import { B_DIRTY, B_IO, B_MORE_IO, CLEAN, NO_MEMCG, type Space } from './space.ts';
import { type Wb, wbOf } from './wb.ts';

/** __mark_inode_dirty(I_DIRTY_PAGES): R5.3. An inode that is dirty already neither moves nor is stamped again. */
export function markInodeDirty(k: Kernel, space: Space): void {
  const wasDirty = space.dirtyPages;
  space.dirtyPages = true;
  if (wasDirty || space.underSync) return; // under I_SYNC the flusher places it when it is done
  if (space.list !== CLEAN) return;
  space.dirtiedWhenNs = k.nowNs;
  moveInode(k, space, B_DIRTY);
}

/** Takes the inode off its list and puts it at the newest end of another (CLEAN: on none). */
export function moveInode(k: Kernel, space: Space, list: number): void {
  const wb = wbOf(k, space);
  const from = inodeList(wb, space.list);
  if (from !== undefined) from.splice(from.indexOf(space.id), 1);
  inodeList(wb, list)?.unshift(space.id);
  space.list = list;
  if (list === CLEAN) space.memcg = NO_MEMCG;
}

/** The list by its number: space ids, newest first; undefined for CLEAN. */
export function inodeList(wb: Wb, list: number): number[] | undefined {
  return list === B_DIRTY ? wb.bDirty : list === B_IO ? wb.bIo : list === B_MORE_IO ? wb.bMoreIo : undefined;
}
