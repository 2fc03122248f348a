import type { TaskFrame } from '../../abi/frame.ts';
import { taskState } from '../shared/task-state.ts';

/** One sentence per thread: what it does now, and what it waits for; of a trace, as far as that is known. */
export function tasksText(tasks: readonly TaskFrame[], isTraced: boolean): string {
  return tasks
    .map(({ name, state, reclaim, waitsFor, stack }) => {
      const doing = reclaim === 'none' ? '' : ` in ${reclaim} reclaim`;
      const inner = stack[0];
      if (state === 'dead') return `${name} is dead.`;
      if (state === 'asleep') return `${name} sleeps${doing}${waitsFor ? ` on ${waitsFor}` : ''}.`;
      if (isTraced) return `${name} is${doing || ` ${taskState({ state }, isTraced)}`}.`;
      return `${name} runs${doing}${inner ? `, in ${inner.name}` : ''}.`;
    })
    .join(' ');
}
