import type { Ns, Pages, Pfn } from '../../abi/units.ts';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction, measured } from '../machine/kernel-function.ts';
import { freePage } from '../machine/page-cache.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import type { Task } from '../machine/task.ts';
import { WAIT_TIMER } from '../machine/waits.ts';
import { andThen, BLOCKED, enter, enterUnder, type Frame, goto, ret, steps } from '../sim/kthread.ts';
import { allocPage } from './page-alloc.ts';

/**
 * select() on so many sockets that its table of waiters takes `tablePages` pages, allocated one by one while it polls them and
 * freed when it returns after `timeoutNs`: fs/select.c. Nothing of it concerns files, and yet its stack ends in one. May block.
 */
export function sysSelect(_k: Kernel, t: Task, tablePages: Pages, timeoutNs: Ns): number {
  return enter(t, doSelect, { table: [], tablePages, timeoutNs });
}

interface DoSelect extends Frame {
  table: Pfn[];
  readonly tablePages: Pages;
  readonly timeoutNs: Ns;
}
const at = steps('poll', 'allocated', 'timedOut');
// Bytes: stack-traces.json A.
const SELECT_FRAMES = measured('sys_select 112, core_sys_select 416, do_select 912');

const doSelect = kernelFunction<DoSelect, keyof typeof at>('do_select', SELECT_FRAMES, at, {
  poll: (k, f, t) => {
    if (f.table.length < f.tablePages) return andThen(t, f, at.allocated, pollwait(k, t));
    return k.sched.sleep(t, WAIT_TIMER, 0, f.timeoutNs, at.timedOut);
  },
  allocated: (k, f, t) => {
    if (t.ret === NO_PAGE) return goto(t, at.timedOut); // -ENOMEM
    k.pages.setReserved(t.ret); // the kernel's own
    f.table.push(t.ret);
    return goto(t, at.poll);
  },
  timedOut: (k, f, t) => {
    for (const pfn of f.table) freePage(k, pfn); // poll_freewait()
    return ret(t, 0);
  },
});

/** __pollwait() when the table is full: a page of the kernel's own, or NO_PAGE. */
function pollwait(k: Kernel, t: Task): number {
  const depth = t.stack.length;
  const pfn = allocPage(k, t, GFP_KERNEL);
  return pfn === BLOCKED ? enterUnder(t, depth, pollwaitFunction, {}, waits.allocated) : pfn;
}

const waits = steps('allocated');
const POLL_FRAMES = measured('sock_poll 16, unix_poll 32, __pollwait 48, __get_free_pages 16');
const pollwaitFunction = kernelFunction<Frame, keyof typeof waits>('__pollwait', POLL_FRAMES, waits, {
  allocated: (_k, _f, t) => ret(t, t.ret),
});
