import { PAGE_BYTES } from '../../../abi/units.ts';
import { kernelFunction } from '../../machine/kernel-function.ts';
import { unitsOf } from '../../machine/workload.ts';
import { andThen, type Frame, steps } from '../../sim/kthread.ts';
import { knobNow, thinkThen, USER_BYTES } from '../shared.ts';

const BLOCK_BYTES = 65536;

export interface FileReaderFrame extends Frame {
  readonly space: number;
  /** Knob that says how many blocks of 64 KiB it reads a second; 0: as fast as it goes. */
  readonly pace: string;
  pos: number;
}
const at = steps('next', 'read');

/** Reads a file from front to back, over and over. */
export const fileReader = kernelFunction<FileReaderFrame, keyof typeof at>('file_reader', USER_BYTES, at, {
  next: (k, f, t) => {
    const space = k.space(f.space);
    if (f.pos >= unitsOf(space) * PAGE_BYTES) f.pos = 0;
    const pos = f.pos;
    f.pos += BLOCK_BYTES;
    return andThen(t, f, at.read, k.call.sysRead(k, t, space, pos, BLOCK_BYTES));
  },
  read: (k, f, t) => thinkThen(k, t, knobNow(k, f.pace), at.next),
});
