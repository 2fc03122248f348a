import { S } from '../../../abi/units.ts';
import { kernelFunction } from '../../machine/kernel-function.ts';
import { WAIT_TIMER } from '../../machine/waits.ts';
import { pageOfUnit, unitsOf } from '../../machine/workload.ts';
import { andThen, type Frame, goto, steps } from '../../sim/kthread.ts';
import { below, type PrngState } from '../../sim/prng.ts';
import { knobNow, thinkThen, USER_BYTES } from '../shared.ts';

export interface AnonHogFrame extends Frame {
  readonly rng: PrngState;
  /** Forked so many seconds after boot. */
  readonly startS: number;
  /** Knob that says how many pages a second it stores to once its memory is filled; 0: as fast as it goes. */
  readonly pace: string;
  /** Pages stored to so far on the way through its memory. */
  filled: number;
}
const at = steps('fork', 'fill', 'filled', 'touch', 'touched');

/** Fills its anonymous memory front to back as fast as it goes, then stores to pages of it at random. */
export const anonHog = kernelFunction<AnonHogFrame, keyof typeof at>('anon_hog', USER_BYTES, at, {
  fork: (k, f, t) => {
    const dueNs = Math.round(f.startS * S);
    return dueNs <= k.nowNs ? goto(t, at.fill) : k.sched.sleep(t, WAIT_TIMER, 0, dueNs - k.nowNs, at.fill);
  },
  fill: (k, f, t) => {
    if (f.filled >= unitsOf(k.space(t.mm))) return goto(t, at.touch);
    return andThen(t, f, at.filled, k.call.touchAnon(k, t, pageOfUnit(k, f.filled++), true));
  },
  filled: (k, _f, t) => thinkThen(k, t, 0, at.fill),
  touch: (k, f, t) =>
    andThen(t, f, at.touched, k.call.touchAnon(k, t, pageOfUnit(k, below(f.rng, unitsOf(k.space(t.mm)))), true)),
  touched: (k, f, t) => thinkThen(k, t, knobNow(k, f.pace), at.touch),
});
