import { type Ns, PAGE_BYTES, type Pages } from '../../../abi/units.ts';
import type { Kernel } from '../../machine/kernel.ts';
import { kernelFunction } from '../../machine/kernel-function.ts';
import type { Task } from '../../machine/task.ts';
import { pageOfUnit, unitsOf } from '../../machine/workload.ts';
import { andThen, BLOCKED, type Frame, goto, type Next, steps } from '../../sim/kthread.ts';
import { below, type PrngState } from '../../sim/prng.ts';
import { thinkThen, USER_BYTES } from '../shared.ts';

/** The compiler computes so many touches of its memory at a stretch, unless one of them has to wait. */
const TOUCHES_PER_STRETCH = 32;

export interface CompileFrame extends Frame {
  /** The source tree; its first tenth is what every job includes. */
  readonly tree: number;
  /** File that holds this slot's objects, and the size of one of them. */
  readonly objects: number;
  readonly objectPages: Pages;
  /** Source that one job reads. */
  readonly sourcePages: Pages;
  /** CPU time of one job, spread over the pages it touches. */
  readonly cpuNs: Ns;
  readonly rng: PrngState;
  firstSource: Pages;
  touched: Pages;
  object: Pages;
}
const at = steps('start', 'include', 'source', 'sourced', 'build', 'built', 'emit', 'exit');

/**
 * One slot of make -j: a compiler reads headers and a source file, grows its memory and works in it, writes an object and
 * exits; make starts the next one in its place.
 */
export const compileSlot = kernelFunction<CompileFrame, keyof typeof at>('compile_slot', USER_BYTES, at, {
  start: (k, f, t) => {
    const tree = k.space(f.tree);
    f.touched = 0;
    f.firstSource = below(f.rng, Math.max(1, unitsOf(tree) - f.sourcePages));
    return goto(t, at.include);
  },
  include: (k, f, t) => {
    const headers = Math.max(1, Math.floor(unitsOf(k.space(f.tree)) / 10));
    return andThen(t, f, at.source, readPages(k, f, t, below(f.rng, headers), f.sourcePages));
  },
  source: (k, f, t) => andThen(t, f, at.sourced, readPages(k, f, t, f.firstSource, f.sourcePages)),
  sourced: (k, _f, t) => thinkThen(k, t, 0, at.build),
  build: (k, f, t) => {
    const sizePages = unitsOf(k.space(t.mm));
    for (let touches = 0; touches < TOUCHES_PER_STRETCH && f.touched < 2 * sizePages; touches++) {
      // First the memory grows page by page, then as many touches again go all over it.
      const index = f.touched < sizePages ? f.touched : below(f.rng, sizePages);
      f.touched++;
      t.cpuDebtNs += Math.round(f.cpuNs / (2 * sizePages));
      const answer = k.call.touchAnon(k, t, pageOfUnit(k, index), true);
      if (answer === BLOCKED) return andThen(t, f, at.build, answer);
    }
    return thinkThen(k, t, 0, f.touched < 2 * sizePages ? at.build : at.built);
  },
  built: (k, f, t) => {
    const space = k.space(f.objects);
    if (f.object + f.objectPages > unitsOf(space)) f.object = 0;
    const pos = f.object * PAGE_BYTES;
    f.object += f.objectPages;
    return andThen(t, f, at.emit, k.call.sysWrite(k, t, space, pos, f.objectPages * PAGE_BYTES));
  },
  emit: (k, _f, t) => thinkThen(k, t, 0, at.exit),
  exit: (k, _f, t): Next => {
    k.call.exitTask(k, t); // the compiler's memory goes; the slot stays
    return goto(t, at.start);
  },
});

function readPages(k: Kernel, f: CompileFrame, t: Task, first: Pages, count: Pages): number {
  return k.call.sysRead(k, t, k.space(f.tree), first * PAGE_BYTES, count * PAGE_BYTES);
}
