import type { LockWaitFrame, TaskFrame } from '../../abi/frame.ts';

/** The ring in words: who waits for which page, and who holds it. */
export function cycleText(cycle: readonly LockWaitFrame[], tasks: readonly TaskFrame[]): string {
  const nameOf = (id: number) => tasks.find((task) => task.id === id)?.name ?? `thread ${id}`;
  return cycle
    .map(
      ({ task, fn, caller, file, index, heldBy }) =>
        `${nameOf(task)} in ${fn}, called from ${caller || 'user mode'}, waits for page ${index} of ${file}, locked by ${nameOf(heldBy)}.`,
    )
    .join(' ');
}
