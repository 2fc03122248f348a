import { MS } from '../../../abi/units.ts';
import { kernelFunction, measured } from '../../machine/kernel-function.ts';
import { andThen, type Frame, steps } from '../../sim/kthread.ts';
import { knobNow, thinkThen } from '../shared.ts';

const at = steps('next', 'returned');
/** How long a select() waits before it looks after its timers. */
const TIMEOUT_NS = 20 * MS;

/** A server's loop around select(): it wants pages for a moment, and touches no file. */
export const poller = kernelFunction<Frame, keyof typeof at>('poller', measured('system_call_fastpath 128'), at, {
  next: (k, f, t) => andThen(t, f, at.returned, k.call.sysSelect(k, t, knobNow(k, 'workload.poll_pages'), TIMEOUT_NS)),
  returned: (k, _f, t) => thinkThen(k, t, knobNow(k, 'workload.polls_per_s'), at.next),
});
