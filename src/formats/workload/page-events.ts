import { ACCESS } from '../../abi/recording.ts';
import type { Bytes } from '../../abi/units.ts';
import { emit, type Merge, unlink } from './accesses.ts';
import { EVENT, type EventRows } from './rows.ts';

/**
 * trace.txt alone: every dirtying is a write of its page, and an add is a read, unless the same task dirties that page
 * next: then the add was the beginning of that write. (A dirtying without an add may have been a store through a
 * mapping; writes are far more common, and a write of a whole page reads nothing that the recording does not show.)
 */
export function mergePageEvents(merge: Merge, order: Uint32Array): void {
  const isWrite = addsOfWrites(merge.rows, order);
  for (const row of order) {
    const event = merge.rows.event[row];
    if (event === EVENT.ADD || event === EVENT.DIRTY) mergePageEvent(merge, row, isWrite[row] === 1);
  }
}

/** Page 0 added once more to be written: the file was made anew under its old number. */
function mergePageEvent(merge: Merge, row: number, isWrite: boolean): void {
  const { rows, files } = merge;
  const inode = rows.inode[row]!;
  const pos = rows.pos[row]!;
  const length = rows.length[row]!;
  const isAdd = rows.event[row] === EVENT.ADD;
  if (isAdd && isWrite && pos === 0 && files.find(inode)?.hasFirstPage) unlink(merge, row, inode);
  const file = files.open(inode, !isAdd || isWrite);
  file.hasFirstPage ||= pos === 0;
  if (isAdd && isWrite) return;
  if (isAdd) files.foundUpTo(file, pos + length);
  else files.writtenUpTo(file, pos + length);
  emit(merge, row, file, isAdd ? ACCESS.READ : ACCESS.WRITE, pos, length);
}

/** Per row: 1 for an add whose page is next dirtied by the task that added it. */
function addsOfWrites(rows: EventRows, order: Uint32Array): Uint8Array {
  const marks = new Uint8Array(rows.count);
  const dirtier = new Map<number, Map<Bytes, number>>();
  for (let at = order.length - 1; at >= 0; at--) {
    const row = order[at]!;
    const inode = rows.inode[row]!;
    const pages = dirtier.get(inode) ?? new Map<Bytes, number>();
    dirtier.set(inode, pages);
    const pos = rows.pos[row]!;
    if (rows.event[row] === EVENT.DIRTY) pages.set(pos, rows.task[row]!);
    else if (rows.event[row] === EVENT.ADD) {
      if (pages.get(pos) === rows.task[row]) marks[row] = 1;
      pages.delete(pos);
    }
  }
  return marks;
}
