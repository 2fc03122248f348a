import { assert } from '../../abi/errors.ts';
import type { Bytes, Ns } from '../../abi/units.ts';

/**
 * A kernel thread is a stack of frames, each stopped at a named step: plain data, so a machine can be copied in the
 * middle of anything, and the stack gauge, stepping and the wait chain all read the same truth.
 *
 * A kernel function that may sleep is called like this: its plain entry function does everything that can be done at
 * once and answers with a number; where it has to wait it pushes its frame and answers BLOCKED. The caller then says
 * `andThen(t, f, at.next, answer)`: its step `next` runs with the answer in `t.ret`, now or when the callee has returned.
 *
 * A frame is what the function keeps across a sleep. Which function and which step it is stopped at lie in columns beside
 * the frames, so that the scheduler never touches objects of thirty shapes (measured: 6 % of a run).
 */
export type Frame = object;

/** What a step tells the scheduler. */
export type Next = typeof GO_ON | typeof ASLEEP;
export const GO_ON = 0;
export const ASLEEP = 1;
/** Answer of an entry function that has pushed a frame instead of finishing. No kernel value is this number. */
export const BLOCKED = -0x40000000;

export type Step<K, F extends Frame> = (k: K, f: F, t: Thread) => Next;
/** What one function of the real kernel takes on the stack. */
export interface StackFrame {
  readonly name: string;
  readonly bytes: Bytes;
  /** No source gives the figure. */
  readonly assumed: boolean;
}

export interface KernelFunction<K, F extends Frame> {
  readonly name: string;
  /** The functions of the real kernel that it stands for, outermost first: 0 bytes where one is inlined. */
  readonly frames: readonly StackFrame[];
  /** Bytes of kernel stack they take together. */
  readonly bytes: Bytes;
  readonly stepNames: readonly string[];
  readonly steps: readonly Step<K, F>[];
  /** Assigned by link(): frames hold this instead of the function. */
  id: number;
}

export const RUNNING = 0;
export const SLEEPING = 1;
export const DEAD = 2;

/** One task of the simulated machine: its kernel stack, what it sleeps on, and what the kernel keeps per task. */
export interface Thread {
  readonly id: number;
  readonly name: string;
  readonly letter: string;
  /** TASK, KSWAPD or FLUSHER of machine/task.ts. */
  readonly kind: number;
  /** The kernel stack, outermost function first: function and step by number, and the frame. */
  fns: number[];
  steps: number[];
  stack: Frame[];
  /** What the function called last has returned. */
  ret: number;
  state: number;
  /** What it sleeps on: a kind of wait queue and which one of them. */
  waitKind: number;
  waitId: number;
  /** Order of going to sleep: exclusive wake-ups go to the smallest. */
  sleepSeq: number;
  sleptAtNs: Ns;
  /** Grows with every sleep and wake, so that a timer of an earlier sleep is recognised as stale. */
  generation: number;
  timedOut: boolean;
  /** CPU time owed for work done since the last payCpu(). */
  cpuDebtNs: Ns;
  ranNs: Ns;
  /** Kernel stack in use below the first frame: callers that no trace names. */
  callerBytes: Bytes;
  /** High-water mark of the stack, the functions that were on it, and the call path on top of them ('': none). */
  stackHighBytes: Bytes;
  stackHighFns: number[];
  stackHighPath: string;
}

/** Named steps as numbers: a misspelt one does not compile. */
export function steps<const Names extends readonly string[]>(
  ...names: Names
): { readonly [N in Names[number]]: number } {
  return Object.fromEntries(names.map((name, at) => [name, at])) as { [N in Names[number]]: number };
}

export function defineFunction<K, F extends Frame, Names extends string>(
  registry: KernelFunction<K, never>[],
  name: string,
  frames: readonly StackFrame[],
  at: Readonly<Record<Names, number>>,
  bodies: Readonly<Record<Names, Step<K, F>>>,
): KernelFunction<K, F> {
  const stepNames = Object.keys(at) as Names[];
  const bytes = bytesOf(frames);
  const made = { name, frames, bytes, stepNames, steps: stepNames.map((step) => bodies[step]), id: -1 };
  registry.push(made as unknown as KernelFunction<K, never>);
  return made;
}

export function bytesOf(frames: readonly StackFrame[]): Bytes {
  return frames.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Numbers the functions by name: the order in which modules were loaded must not reach the state. */
export function link<K>(registry: KernelFunction<K, never>[]): readonly KernelFunction<K, never>[] {
  registry.sort((left, right) => (left.name < right.name ? -1 : 1));
  registry.forEach((fn, id) => {
    assert(fn.name !== registry[id - 1]?.name, () => `two kernel functions named ${fn.name}`);
    fn.id = id;
  });
  return registry;
}

/** Pushes a frame: the function's first step runs next. */
export function enter<K, F extends Frame>(t: Thread, fn: KernelFunction<K, F>, frame: F, step = 0): typeof BLOCKED {
  t.fns.push(fn.id);
  t.steps.push(step);
  t.stack.push(frame);
  return BLOCKED;
}

/**
 * As enter(), for a function whose callee has just blocked: its frame goes under the callee's, at `depth`, so that the
 * stack reads as in the kernel though the fast path never pushed anything.
 */
export function enterUnder<K, F extends Frame>(
  t: Thread,
  depth: number,
  fn: KernelFunction<K, F>,
  frame: F,
  step: number,
): typeof BLOCKED {
  t.fns.splice(depth, 0, fn.id);
  t.steps.splice(depth, 0, step);
  t.stack.splice(depth, 0, frame);
  return BLOCKED;
}

/** The continuation of a call: `step` of frame `f` runs with the answer in t.ret, at once or when the callee returns. */
export function andThen(t: Thread, f: Frame, step: number, answer: number): Next {
  let mine = t.stack.length - 1;
  if (answer !== BLOCKED) t.ret = answer;
  else while (t.stack[mine] !== f) mine--; // the callee's frames lie on top
  t.steps[mine] = step;
  return GO_ON;
}

export function goto(t: Thread, step: number): Next {
  t.steps[t.steps.length - 1] = step;
  return GO_ON;
}

/** Leaves the function: the caller finds `value` in its t.ret. */
export function ret(t: Thread, value: number): Next {
  t.fns.pop();
  t.steps.pop();
  t.stack.pop();
  t.ret = value;
  return GO_ON;
}
