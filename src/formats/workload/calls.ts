import { ACCESS } from '../../abi/recording.ts';
import { type Bytes, PAGE_BYTES } from '../../abi/units.ts';
import { emit, type Merge, unlink } from './accesses.ts';
import { EVENT } from './rows.ts';
import { coversPage, type PageSpans, writtenSpans } from './spans.ts';

/** What was going on, as the rows pass in time order. */
interface CallMerge extends Merge {
  /** Without removals in the recording an unlink or truncate takes effect where it stands, and takes all. */
  readonly hasRemovals: boolean;
  /** Per task: the page it faulted on last, while nothing else happened; and the lowest page it just removed. */
  readonly lastFault: Map<number, { readonly inode: number; readonly pos: Bytes }>;
  readonly lastRemoved: Map<number, { readonly inode: number; firstPos: Bytes }>;
}

/**
 * With trace-rw.txt: reads, writes, faults, fsync, unlink and truncate are its lines. From the page events come the
 * stores through mappings: a dirtying of a page that no write call of the recording covers.
 */
export function mergeCalls(base: Merge, order: Uint32Array): void {
  const { rows, files } = base;
  const hasRemovals = rows.event.subarray(0, rows.count).includes(EVENT.REMOVE);
  const merge: CallMerge = { ...base, hasRemovals, lastFault: new Map(), lastRemoved: new Map() };
  const written = writtenSpans(rows);
  for (const row of order) mergeCall(merge, row, written);
  for (const inode of files.unlinkedInodes()) unlink(merge, order[order.length - 1]!, inode);
}

function mergeCall(merge: CallMerge, row: number, written: PageSpans): void {
  const { rows, files } = merge;
  const inode = rows.inode[row]!;
  const pos = rows.pos[row]!;
  const length = rows.length[row]!;
  switch (rows.event[row]) {
    case EVENT.READ: {
      const file = files.open(inode, false);
      emit(merge, row, file, ACCESS.READ, pos, files.readable(file, pos, length));
      break;
    }
    case EVENT.WRITE: {
      const file = files.open(inode, true);
      files.writtenUpTo(file, pos + length);
      emit(merge, row, file, ACCESS.WRITE, pos, length);
      break;
    }
    case EVENT.FAULT:
      mergeFault(merge, row);
      return;
    case EVENT.DIRTY:
      if (coversPage(written, inode, pos)) return;
      emitFault(merge, row, ACCESS.FAULT_WRITE);
      break;
    case EVENT.FSYNC:
      emit(merge, row, files.open(inode, false), ACCESS.FSYNC);
      break;
    case EVENT.UNLINK:
      files.open(inode, false).isUnlinked = true;
      if (!merge.hasRemovals) unlink(merge, row, inode);
      break;
    case EVENT.REMOVE:
      mergeRemoval(merge, row);
      return;
    case EVENT.TRUNCATE:
      mergeTruncate(merge, row);
      break;
    case EVENT.ADD:
      return; // the simulated kernel decides itself what it reads, and reads ahead
  }
  merge.lastFault.delete(rows.task[row]!);
  merge.lastRemoved.delete(rows.task[row]!);
}

/** One fault shows as several lines: mapping around, the fault itself, its retry after the page was read. */
function mergeFault(merge: CallMerge, row: number): void {
  const { rows, lastFault } = merge;
  const task = rows.task[row]!;
  const inode = rows.inode[row]!;
  const pos = rows.pos[row]!;
  const last = lastFault.get(task);
  if (last?.inode === inode && last.pos === pos) return;
  lastFault.set(task, { inode, pos });
  merge.lastRemoved.delete(task);
  emitFault(merge, row, ACCESS.FAULT_READ);
}

function emitFault(merge: CallMerge, row: number, what: number): void {
  const { rows, files } = merge;
  const pos = rows.pos[row]!;
  const file = files.open(rows.inode[row]!, false);
  if (pos >= file.sizeBytes) files.foundUpTo(file, pos + PAGE_BYTES);
  emit(merge, row, file, what, pos, PAGE_BYTES);
}

/** A page left the cache. Of an unlinked file: it was closed, so now it is gone; else remembered for a truncate. */
function mergeRemoval(merge: CallMerge, row: number): void {
  const { rows, files, lastRemoved } = merge;
  const task = rows.task[row]!;
  const inode = rows.inode[row]!;
  const pos = rows.pos[row]!;
  if (files.find(inode)?.isUnlinked) unlink(merge, row, inode);
  const last = lastRemoved.get(task);
  if (last?.inode === inode) last.firstPos = Math.min(last.firstPos, pos);
  else lastRemoved.set(task, { inode, firstPos: pos });
}

/**
 * The line does not say the new size; the removals just before it do. None: the file was cut at its present end
 * (SQLite does so after each checkpoint), nothing is touched and there is no access. `pos` is the new size.
 */
function mergeTruncate(merge: CallMerge, row: number): void {
  const { rows, files, lastRemoved, hasRemovals } = merge;
  const inode = rows.inode[row]!;
  const file = files.find(inode);
  if (!file) return;
  if (file.isUnlinked) {
    unlink(merge, row, inode);
    return;
  }
  const removed = lastRemoved.get(rows.task[row]!);
  if (hasRemovals && removed?.inode !== inode) return;
  const newBytes = removed?.inode === inode ? removed.firstPos : 0;
  file.sizeBytes = Math.min(file.sizeBytes, newBytes);
  emit(merge, row, file, ACCESS.TRUNCATE, newBytes);
}
