import { SLEEPING } from '../sim/kthread.ts';
import type { Kernel } from './kernel.ts';
import type { Task } from './task.ts';
import { VM } from './vmstat.ts';
import { WAIT_PAGE_LOCK } from './waits.ts';

/**
 * A task has gone to sleep on a page lock: follow holder → what the holder sleeps on. When the chain comes back, nobody
 * on it will ever run again (model.md P5.9's ABBA): the run stops and says who waits for what, in which function.
 */
export function stopOnLockCycle(k: Kernel, sleeper: Task): void {
  if (k.pages.columns.lockedBy[sleeper.waitId]! < 0) return; // an I/O will unlock it
  const cycle = cycleFrom(k, sleeper);
  if (cycle.length === 0) return;
  k.vm[VM.lock_cycles]!++;
  k.sched.stopped = `page locks wait in a cycle: ${cycle.map((t) => describeWait(k, t)).join('; ')}`;
}

/** The tasks that wait for each other's page locks for ever, each for the next one and the last for the first; none: empty. */
export function lockCycle(k: Kernel): readonly Task[] {
  for (const thread of k.sim.threads) {
    const cycle = cycleFrom(k, thread as Task);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

/** Where the chain of `sleeper` comes back to itself; empty where it ends. */
function cycleFrom(k: Kernel, sleeper: Task): readonly Task[] {
  const chain: Task[] = [];
  for (let t: Task | undefined = sleeper; t !== undefined; t = lockHolder(k, t)) {
    const met = chain.indexOf(t);
    if (met >= 0) return chain.slice(met);
    chain.push(t);
  }
  return [];
}

/** Who holds the page lock that `t` sleeps on; undefined when it sleeps on none or an I/O will unlock it. */
export function lockHolder(k: Kernel, t: Task): Task | undefined {
  if (t.state !== SLEEPING || t.waitKind !== WAIT_PAGE_LOCK) return undefined;
  const holder = k.pages.columns.lockedBy[t.waitId]!;
  return holder < 0 ? undefined : k.task(holder);
}

function describeWait(k: Kernel, t: Task): string {
  const pfn = t.waitId;
  const { space, index } = k.pages.columns;
  const names = t.fns.map((fn) => k.sched.table[fn]!.name);
  const file = k.space(space[pfn]!).name;
  return `${t.name} in ${names.at(-1)} (called from ${names.at(-2) ?? 'user mode'}) waits for page ${index[pfn]} of ${file} (pfn ${pfn}), locked by ${lockHolder(k, t)!.name}`;
}
