import type { StackSize, TaskFrame } from '../../abi/frame.ts';

export function stacksText(tasks: readonly TaskFrame[], { threadSizeBytes, limitBytes }: StackSize): string {
  return tasks
    .map(({ name, stackBytes, stackHighBytes, stack, stackHigh, spliceAt }) => {
      const inner = stack[0];
      const splice = stackHigh[spliceAt];
      const over = stackHighBytes > limitBytes ? ', which is too much' : '';
      return [
        `${name} uses ${stackBytes} of ${threadSizeBytes} stack bytes, at most ${stackHighBytes}${over}`,
        inner ? `, in ${inner.name}` : '',
        splice ? `; reclaim entered ${splice.name}` : '',
        '.',
      ].join('');
    })
    .join(' ');
}
