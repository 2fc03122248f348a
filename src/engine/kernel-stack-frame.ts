import type { StackFrameView, TaskFrame } from '../abi/frame.ts';
import { callPathOf } from './machine/call-path.ts';
import type { Kernel } from './machine/kernel.ts';
import type { Task } from './machine/task.ts';

// Kernel stacks as the views show them: functions that stand for several are taken apart.

/** The live stack, innermost first; only the last real function of each has a step. */
export function liveStackOf(k: Kernel, t: Task): TaskFrame['stack'] {
  const frames = t.fns.flatMap((id, depth) => {
    const fn = k.sched.table[id]!;
    const nth = t.steps[depth]!;
    const place = { step: fn.stepNames[nth]!, nth, steps: fn.stepNames.length };
    const last = fn.frames.length - 1;
    const real = fn.frames.map(({ name, bytes }, at) => ({ name, bytes, ...(at === last ? place : { step: '' }) }));
    return depth === 0 && t.fns.length > 1 ? [...real, ...callersOf(t).map((frame) => ({ ...frame, step: '' }))] : real;
  });
  return frames.reverse();
}

/** What was on the stack at its deepest, outermost first. */
export function highStackOf(k: Kernel, t: Task): StackFrameView[] {
  const live = t.stackHighFns.flatMap((id, depth) => {
    const { frames } = k.sched.table[id]!;
    return depth === 0 && t.stackHighFns.length > 1 ? [...frames, ...callersOf(t)] : frames;
  });
  return [...live, ...(callPathOf(t.stackHighPath)?.frames ?? [])];
}

function callersOf({ callerBytes }: Task): StackFrameView[] {
  return callerBytes === 0 ? [] : [{ name: 'callers', bytes: callerBytes, assumed: true }];
}

const RECLAIM = new Set(['shrink_page_list', 'clean_page_list', 'pageout']);
const FREEING = '__remove_mapping';

/** Index of the first frame that reclaim has called in a filesystem or in swap; -1: none. */
export function spliceOf(stack: readonly StackFrameView[]): number {
  const at = stack.findLastIndex(({ name }) => RECLAIM.has(name)) + 1;
  return at === 0 || at === stack.length || stack[at]!.name === FREEING ? -1 : at;
}
