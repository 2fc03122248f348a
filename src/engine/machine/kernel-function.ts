import type { Bytes } from '../../abi/units.ts';
import { defineFunction, type Frame, type KernelFunction, type Next, type StackFrame } from '../sim/kthread.ts';
import type { Kernel } from './kernel.ts';
import type { Task } from './task.ts';

/** Stack bytes of a function for which no source gives a figure (design.md, decision 2). */
export const ASSUMED_BYTES = 96;

/** Every kernel function of the engine; the engine links them once all rooms are loaded. */
export const KERNEL_FUNCTIONS: KernelFunction<Kernel, never>[] = [];

/** Frames with their bytes from published traces (stack-traces.json), outermost first: `name bytes, name bytes`. */
export function measured(text: string): StackFrame[] {
  return text.split(',').map((row) => {
    const [name, bytes] = row.trim().split(' ');
    return { name: name!, bytes: Number(bytes), assumed: false };
  });
}

/** Frames for which no trace has a figure. */
export function assumed(...names: readonly string[]): StackFrame[] {
  return names.map((name) => ({ name, bytes: ASSUMED_BYTES, assumed: true }));
}

/** One frame that stands for all that a published sum leaves over. */
export function remainder(name: string, bytes: Bytes): StackFrame {
  return { name, bytes, assumed: true };
}

/**
 * Declares a kernel function that can sleep: name, stack, its named steps and their bodies. The stack is the bytes of its own
 * frame, or the real frames that it stands for.
 */
export function kernelFunction<F extends Frame, Names extends string>(
  name: string,
  stack: Bytes | readonly StackFrame[],
  at: Readonly<Record<Names, number>>,
  bodies: Readonly<Record<Names, (k: Kernel, f: F, t: Task) => Next>>,
): KernelFunction<Kernel, F> {
  const frames = typeof stack === 'number' ? [{ name, bytes: stack, assumed: stack === ASSUMED_BYTES }] : stack;
  // Every thread of a machine is a Task: the scheduler need not know.
  return defineFunction(KERNEL_FUNCTIONS, name, frames, at, bodies as never);
}
