import type { LockWaitFrame, TaskFrame } from '../../abi/frame.ts';

export const nameIn = (tasks: readonly TaskFrame[], id: number): string =>
  tasks.find((task) => task.id === id)?.name ?? `thread ${id}`;

/** The ring in words: who waits for which page, and who holds it. */
export function cycleText(cycle: readonly LockWaitFrame[], tasks: readonly TaskFrame[]): string {
  return cycle
    .map(
      ({ task, fn, caller, file, index, heldBy }) =>
        `${nameIn(tasks, task)} in ${fn}, called from ${caller || 'user mode'}, waits for page ${index} of ${file}, locked by ${nameIn(tasks, heldBy)}.`,
    )
    .join(' ');
}
