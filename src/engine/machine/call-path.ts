import { assert } from '../../abi/errors.ts';
import type { Bytes } from '../../abi/units.ts';
import { bytesOf, type StackFrame } from '../sim/kthread.ts';
import type { Kernel } from './kernel.ts';
import { measured } from './kernel-function.ts';
import type { Task } from './task.ts';
import { VM } from './vmstat.ts';

/**
 * How deep a call goes that does not sleep this time: its real frames, outermost first. Nothing is pushed for it; the depth is
 * noted where the call is made, on top of the frames that are there.
 */
export interface CallPath {
  readonly name: string;
  readonly frames: readonly StackFrame[];
  readonly bytes: Bytes;
}

const PATHS = new Map<string, CallPath>();

export function callPath(name: string, frames: readonly StackFrame[]): CallPath {
  assert(!PATHS.has(name), () => `two call paths named ${name}`);
  const path = { name, frames, bytes: bytesOf(frames) };
  PATHS.set(name, path);
  return path;
}

/** A path by its name, as the record holds it. */
export function callPathOf(name: string): CallPath | undefined {
  return PATHS.get(name);
}

/** From a bio to the slab that a request comes from: 784 bytes (stack-traces.json A). */
export const SUBMIT_BIO_FRAMES: readonly StackFrame[] = measured(
  `submit_bio 80, generic_make_request 208, __make_request 96, get_request_wait 144, get_request 96, mempool_alloc 144,
  mempool_alloc_slab 16`,
);

/**
 * The calling task goes down `path` now: high-water mark, and overflow of THREAD_SIZE less thread_info (model.md §11.4). An
 * overflow is counted, or ends the run if the knob says so: a real one overwrites thread_info, and anything may follow.
 */
export function noteCallPath(k: Kernel, t: Task, path: CallPath): void {
  const bytes = k.sched.stackBytes(t) + path.bytes;
  if (bytes > t.stackHighBytes) k.sched.raiseStackHigh(t, bytes, path.name);
  if (bytes <= k.stackLimitBytes) return;
  k.vm[VM.stack_overflows]!++;
  if (!k.m.config.stopsOnStackOverflow) return;
  const { name } = overflowingFrame(path, bytes, k.stackLimitBytes);
  k.sched.stopped = `${t.name} overflows its kernel stack in ${name}: ${bytes} bytes deep, and there are ${k.stackLimitBytes}`;
}

/** The first function of the path that has no room. */
function overflowingFrame({ frames, bytes: pathBytes }: CallPath, bytes: Bytes, limit: Bytes): StackFrame {
  let depth = bytes - pathBytes;
  for (const frame of frames) {
    depth += frame.bytes;
    if (depth > limit) return frame;
  }
  return frames.at(-1)!;
}
