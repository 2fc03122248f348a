import { PAGE_BYTES } from '../../../abi/units.ts';
import { kernelFunction } from '../../machine/kernel-function.ts';
import { unitsOf } from '../../machine/workload.ts';
import { andThen, type Frame, goto, steps } from '../../sim/kthread.ts';
import { thinkThen, USER_BYTES } from '../shared.ts';

/** Bytes of one write(). */
const BLOCK_BYTES = 65536;

export interface FileWriterFrame extends Frame {
  /** Files it writes one after the other, first and how many; after the last it starts again. */
  readonly first: number;
  readonly files: number;
  /** conv=fsync: a file is on disk before the next one is begun. */
  readonly fsync: boolean;
  file: number;
  pos: number;
}
const at = steps('open', 'write', 'wrote', 'close');

/** dd or fs_mark: truncates a file (what it held before leaves the cache), fills it from front to back, and goes on to the next. */
export const fileWriter = kernelFunction<FileWriterFrame, keyof typeof at>('file_writer', USER_BYTES, at, {
  open: (k, f, t) => {
    f.pos = 0;
    return andThen(t, f, at.write, k.call.truncatePages(k, t, k.space(f.first + f.file), 0));
  },
  write: (k, f, t) => {
    const space = k.space(f.first + f.file);
    const length = Math.min(BLOCK_BYTES, unitsOf(space) * PAGE_BYTES - f.pos);
    if (length <= 0) return andThen(t, f, at.close, f.fsync ? k.call.syncInode(k, t, space) : 0);
    const pos = f.pos;
    f.pos += length;
    return andThen(t, f, at.wrote, k.call.sysWrite(k, t, space, pos, length));
  },
  wrote: (k, _f, t) => thinkThen(k, t, 0, at.write),
  close: (_k, f, t) => {
    f.file = (f.file + 1) % f.files;
    return goto(t, at.open);
  },
});
