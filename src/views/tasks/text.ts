import type { TaskFrame } from '../../abi/frame.ts';

/** One sentence per thread: what it does now, and what it waits for. */
export function tasksText(tasks: readonly TaskFrame[]): string {
  return tasks
    .map(({ name, state, reclaim, waitsFor, stack }) => {
      const doing = reclaim === 'none' ? '' : ` in ${reclaim} reclaim`;
      const inner = stack[0];
      if (state === 'dead') return `${name} is dead.`;
      if (state === 'asleep') return `${name} sleeps${doing}${waitsFor ? ` on ${waitsFor}` : ''}.`;
      return `${name} runs${doing}${inner ? `, in ${inner.name}` : ''}.`;
    })
    .join(' ');
}
