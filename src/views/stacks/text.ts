import type { TaskFrame } from '../../abi/frame.ts';

export function stacksText(tasks: readonly TaskFrame[]): string {
  return tasks
    .map(({ name, stackBytes, stackHighBytes, stack }) => {
      const inner = stack[0];
      return `${name} uses ${stackBytes} of 8192 stack bytes, at most ${stackHighBytes}${inner ? `, in ${inner.name}` : ''}.`;
    })
    .join(' ');
}
