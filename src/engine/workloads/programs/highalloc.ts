import { type Ns, type Pfn, S } from '../../../abi/units.ts';
import { GFP_REPEAT, GFP_USER } from '../../machine/gfp.ts';
import { AT_REST, noteAttempt, PASS_1 } from '../../machine/huge-pages.ts';
import type { Kernel } from '../../machine/kernel.ts';
import { kernelFunction } from '../../machine/kernel-function.ts';
import { freePages } from '../../machine/page-cache.ts';
import { NO_PAGE } from '../../machine/sockets.ts';
import { TASK, type Task, TIF_SIGPENDING } from '../../machine/task.ts';
import { WAIT_TIMER } from '../../machine/waits.ts';
import { andThen, DEAD, type Frame, goto, type Next, steps } from '../../sim/kthread.ts';
import { exit, knobNow, thinkThen, USER_BYTES } from '../shared.ts';

/** Between two rounds, and from the end of the load to the last one (assumed). */
const PAUSE_NS: Ns = 5 * S;
/** Looks so often whether the load has ended. */
const LOOK_NS: Ns = 0.1 * S;

export interface HighallocFrame extends Frame {
  readonly firstAttemptNs: Ns;
  round: number;
  attempts: number;
  beganNs: Ns;
  /** First frames of the huge pages it holds. */
  held: Pfn[];
}
export function createHighallocFrame(firstAttemptNs: Ns): HighallocFrame {
  return { firstAttemptNs, round: PASS_1, attempts: 0, beganNs: 0, held: [] };
}
const at = steps('start', 'attempt', 'attempted', 'roundDone', 'pause', 'endLoad');

/**
 * Asks for all of memory as huge pages, one after the other, and keeps what it gets until the round is over: a first and a
 * second round under load; then the load is sent a signal, and a last round at rest (history.md §2.0).
 */
export const highalloc = kernelFunction<HighallocFrame, keyof typeof at>('highalloc', USER_BYTES, at, {
  start: (k, f, t) => k.sched.sleep(t, WAIT_TIMER, 0, Math.max(1, f.firstAttemptNs), at.attempt),
  attempt: (k, f, t) => {
    f.beganNs = k.nowNs;
    const gfp = k.m.workload['workload.repeat'] === true ? GFP_USER | GFP_REPEAT : GFP_USER;
    return andThen(t, f, at.attempted, k.call.allocPages(k, t, gfp, hugeOrder(k)));
  },
  attempted: (k, f, t) => {
    const pfn = t.ret;
    noteAttempt(k.m.huge, f.round, f.beganNs, k.nowNs, pfn !== NO_PAGE);
    if (pfn !== NO_PAGE) f.held.push(pfn);
    const isRoundOver = ++f.attempts >= k.pages.count >> hugeOrder(k);
    return thinkThen(k, t, knobNow(k, 'workload.attempts_per_s'), isRoundOver ? at.roundDone : at.attempt);
  },
  roundDone: (k, f, t) => {
    for (const pfn of f.held) freePages(k, pfn, hugeOrder(k));
    k.m.huge.held = 0;
    f.held = [];
    f.attempts = 0;
    if (f.round === AT_REST) return exit(k, t);
    f.round++;
    return goto(t, f.round === AT_REST ? at.endLoad : at.pause);
  },
  pause: (k, _f, t) => k.sched.sleep(t, WAIT_TIMER, 0, PAUSE_NS, at.attempt),
  endLoad: (k, _f, t) => endLoad(k, t),
});

function endLoad(k: Kernel, t: Task): Next {
  let isOver = true;
  for (const thread of k.sim.threads) {
    const other = thread as Task;
    if (other === t || other.kind !== TASK || other.state === DEAD) continue;
    other.flags |= TIF_SIGPENDING;
    isOver = false;
  }
  return isOver ? goto(t, at.pause) : k.sched.sleep(t, WAIT_TIMER, 0, LOOK_NS, at.endLoad);
}

function hugeOrder(k: Kernel): number {
  return k.m.config.pageblockOrder;
}
