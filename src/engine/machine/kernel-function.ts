import type { Bytes } from '../../abi/units.ts';
import { defineFunction, type Frame, type KernelFunction, type Next } from '../sim/kthread.ts';
import type { Kernel } from './kernel.ts';
import type { Task } from './task.ts';

/** Stack bytes of a function for which no source gives a figure (design.md, decision 2). */
export const ASSUMED_BYTES = 96;

/** Every kernel function of the engine; the engine links them once all rooms are loaded. */
export const KERNEL_FUNCTIONS: KernelFunction<Kernel, never>[] = [];

/** Declares a kernel function that can sleep: name, stack bytes, its named steps and their bodies. */
export function kernelFunction<F extends Frame, Names extends string>(
  name: string,
  bytes: Bytes,
  at: Readonly<Record<Names, number>>,
  bodies: Readonly<Record<Names, (k: Kernel, f: F, t: Task) => Next>>,
): KernelFunction<Kernel, F> {
  // Every thread of a machine is a Task: the scheduler need not know.
  return defineFunction(KERNEL_FUNCTIONS, name, bytes, at, bodies as never);
}
