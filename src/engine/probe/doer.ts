import type { Doer } from '../../abi/page-life.ts';
import type { Kernel } from '../machine/kernel.ts';
import { actorOf, type Task } from '../machine/task.ts';

/** Who acts now: the thread whose steps are being run, or a disk. */
export function doerOf(k: Kernel): Doer {
  const t = k.sched.running as Task | undefined;
  return t === undefined ? DISK : { thread: t.id, letter: t.letter, name: t.name, actor: actorOf(t) };
}
export const DISK: Doer = { thread: -1, letter: '', name: 'disk', actor: -1 };

/** The functions on its kernel stack, innermost first. */
export function stackOf(k: Kernel): readonly string[] {
  const t = k.sched.running;
  return t === undefined ? [] : t.fns.map((fn) => k.sched.table[fn]!.name).reverse();
}
