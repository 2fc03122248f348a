import { expect, test } from 'vitest';
import type { TaskFrame } from '../../abi/frame.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawStacks, markStacks, shownTasks, tubeAt } from './draw.ts';
import { stacksText } from './text.ts';

const palette = lookOf('dark', 1440);
const size = { threadSizeBytes: 8192, limitBytes: 8092 };
const frame = (name: string, bytes: number) => ({ name, bytes, assumed: false });
const task: TaskFrame = {
  id: 2,
  name: 'apache2',
  letter: 'P',
  kind: 'task',
  state: 'asleep',
  reclaim: 'direct',
  stack: [
    { name: 'try_to_free_pages', step: 'begin', bytes: 128 },
    { name: 'sys_select', step: 'poll', bytes: 1664 },
  ],
  stackBytes: 1792,
  stackHighBytes: 7568,
  stackHigh: [frame('sys_select', 1664), frame('shrink_page_list', 1456), frame('xfs_vm_writepage', 4448)],
  spliceAt: 2,
  waitsFor: '',
};

/** Heights of what is filled in a colour, in bytes of an 8 KiB stack. */
function bytesIn(
  calls: readonly { readonly name: string; readonly args: readonly unknown[]; readonly fillStyle: unknown }[],
  colour: string,
) {
  const pxPerByte = 100 / (8192 * 1.12);
  return calls
    .filter(({ name, fillStyle }) => name === 'fillRect' && fillStyle === colour)
    .map(({ args }) => Math.round(Number(args[3]) / pxPerByte));
}

test('live frames are blocks true to their bytes, the high-water mark lies at its own height', () => {
  const { ctx, calls } = recordingContext();

  drawStacks(ctx, { width: 100, height: 116 }, [task], size, palette);

  const gap = Math.round(0.75 / (100 / (8192 * 1.12)));
  expect(bytesIn(calls, palette.direct)).toEqual([1664 - gap, 128 - gap]);
  const mark = calls.find(({ name, fillStyle }) => name === 'fillRect' && fillStyle === palette.isolated)!;
  const pxPerByte = 100 / (8192 * 1.12);
  expect(Number(mark.args[1])).toBeCloseTo(100 - (100 + 7568) * pxPerByte - 0.75, 5);
});

test('the splice is a bar across the tube above what reclaim itself takes', () => {
  const { ctx, calls } = recordingContext();

  drawStacks(ctx, { width: 100, height: 116 }, [task], size, palette);

  const pxPerByte = 100 / (8192 * 1.12);
  const bars = calls.filter(({ name, args }) => name === 'fillRect' && args[3] === 2);
  expect(bars.map(({ args }) => Number(args[1]))).toEqual([
    expect.closeTo(100 - (100 + 1664 + 1456) * pxPerByte - 1, 5),
  ]);
});

test('a stack that went through the lid breaks it', () => {
  const draw = (stackHighBytes: number) => {
    const { ctx, calls } = recordingContext();
    drawStacks(ctx, { width: 100, height: 116 }, [{ ...task, stack: [], stackHighBytes }], size, palette);
    return calls.filter(({ name, fillStyle }) => name === 'fillRect' && fillStyle === palette.direct).length;
  };

  expect([draw(8092), draw(8093)]).toEqual([0, 3]); // the mark and two halves of the lid
});

test('where there is no room for all, the deepest are shown in their own order', () => {
  const tasks = [10, 40, 20, 30].map((stackHighBytes, id) => ({ ...task, id, stackHighBytes }));

  expect(shownTasks(tasks, 2).map(({ id }) => id)).toEqual([1, 3]);
});

test('in words: bytes used, the mark, and what reclaim entered', () => {
  expect(stacksText([task], size)).toBe(
    'apache2 uses 1792 of 8192 stack bytes, at most 7568, in try_to_free_pages; reclaim entered xfs_vm_writepage.',
  );
  expect(stacksText([{ ...task, stackHighBytes: 8360 }], size)).toContain('at most 8360, which is too much');
});

test('a tube is found where the frame of its lit thread is, beside the tubes nothing', () => {
  const box = { width: 200, height: 116 };
  const tasks = [task, { ...task, id: 5, letter: 'Q' }];
  const { ctx, calls } = recordingContext();
  const thing = { kind: 'task', id: 5 } as const;
  markStacks(ctx, box, tasks, [{ thing, isPinned: true, found: undefined }], palette);
  const [frame] = calls.filter(({ name, strokeStyle }) => name === 'strokeRect' && strokeStyle === palette.isolated);
  const [x, , wide] = frame!.args as [number, number, number];
  expect(tubeAt(x + wide / 2, box, tasks)).toEqual(thing);
  expect(tubeAt(x - 50, box, tasks)).toEqual({ kind: 'task', id: 2 });
  expect(tubeAt(5, box, tasks)).toBeUndefined();
});
