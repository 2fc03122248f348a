import type { Pages } from '../../../abi/units.ts';
import { kernelFunction } from '../../machine/kernel-function.ts';
import { pageOfUnit, unitsOf } from '../../machine/workload.ts';
import { andThen, type Frame, steps } from '../../sim/kthread.ts';
import { knobNow, thinkThen, USER_BYTES } from '../shared.ts';

export interface MappedStreamFrame extends Frame {
  readonly space: number;
  index: Pages;
}
const at = steps('open', 'touch', 'touched');

/** Goes through a mapping of a sparse file page by page, each touched once; at the end the file is made anew. */
export const mappedStream = kernelFunction<MappedStreamFrame, keyof typeof at>('mapped_stream', USER_BYTES, at, {
  open: (k, f, t) => {
    f.index = 0;
    return andThen(t, f, at.touch, k.call.truncatePages(k, t, k.space(f.space), 0));
  },
  touch: (k, f, t) => {
    const store = k.m.workload['workload.mapped_access'] === 'store';
    return andThen(t, f, at.touched, k.call.touchMapped(k, t, k.space(f.space), pageOfUnit(k, f.index++), store));
  },
  touched: (k, f, t) =>
    thinkThen(
      k,
      t,
      knobNow(k, 'workload.mapped_pages_per_s'),
      f.index < unitsOf(k.space(f.space)) ? at.touch : at.open,
    ),
});
