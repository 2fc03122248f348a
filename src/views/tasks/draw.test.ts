import { expect, test } from 'vitest';
import type { TaskFrame } from '../../abi/frame.ts';
import { SampleHistory } from '../../store/sample-history.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawTasks, labelsPx, markTasks, ROW_PX } from './draw.ts';
import { stallAt, taskAt } from './pick.ts';
import { tasksText } from './text.ts';

const palette = lookOf('dark', 1440);
const LABEL_PX = labelsPx([]);
const writer: TaskFrame = {
  id: 1,
  name: 'writer 1',
  letter: 'W1',
  kind: 'task',
  state: 'asleep',
  reclaim: 'direct',
  stack: [{ name: 'get_request_wait', step: 'sleep', bytes: 96 }],
  stackBytes: 96,
  stackHighBytes: 96,
  stackHigh: [],
  spliceAt: -1,
  waitsFor: 'a free request',
};
const kswapd: TaskFrame = {
  ...writer,
  id: 0,
  name: 'kswapd0',
  letter: 'K',
  kind: 'kswapd',
  state: 'running',
  reclaim: 'kswapd',
};

function samples(ran: readonly number[], stalled: readonly number[]): SampleHistory {
  const history = new SampleHistory();
  const times = Float64Array.from(ran, (_, i) => (i + 1) * 50e6);
  const none = new Float64Array(ran.length);
  history.append({
    timeNs: times,
    freePages: none,
    dirtyPages: none,
    writebackPages: none,
    threads: 1,
    ran: Float32Array.from(ran),
    stalled: Float32Array.from(stalled),
    acted: new Float32Array(4 * ran.length),
    oomKills: none,
    overflows: none,
    counters: none,
  });
  return history;
}

test('a lane has a block where the thread ran, and a hatch where it was stalled', () => {
  const { ctx, calls } = recordingContext();
  const scene = { tasks: [writer], samples: samples([0.5, 0, 0], [0, 0, 1]), atNs: 150e6, windowNs: 150e6, palette };
  drawTasks(ctx, { width: LABEL_PX + 30, height: ROW_PX }, scene);
  const rects = calls.filter((call) => call.name === 'fillRect');
  expect(rects.filter((call) => call.fillStyle === palette.task)).toHaveLength(1);
  expect(rects.filter((call) => call.fillStyle === palette.direct)).toHaveLength(4); // hatch over 10 px
});

test('a pointer on the hatch finds the task and the time, beside it nothing', () => {
  const scene = { tasks: [writer], samples: samples([0.5, 0, 0], [0, 0, 1]), atNs: 150e6, windowNs: 150e6 };
  const width = LABEL_PX + 30;
  expect(stallAt(LABEL_PX + 25, 5, width, scene)).toEqual({ row: 0, atNs: 125e6 });
  expect(stallAt(LABEL_PX + 15, 5, width, scene)).toBeUndefined();
  expect(stallAt(LABEL_PX + 25, ROW_PX + 5, width, scene)).toBeUndefined();
  expect(stallAt(LABEL_PX - 5, 5, width, scene)).toBeUndefined();
  expect(stallAt(LABEL_PX + 25, 5, width, { ...scene, atNs: 149e6 })).toMatchObject({ row: 0 });
});

test('lanes begin further right where names are longer, within reason', () => {
  const at = (name: string) => labelsPx([kswapd, { ...writer, name }]);
  expect(at('writer 1')).toBe(LABEL_PX);
  expect(at('kworker/u4:2')).toBeGreaterThan(LABEL_PX);
  expect(at('a name that nobody would read to its end')).toBe(176);
});

test('samples after now are not drawn', () => {
  const { ctx, calls } = recordingContext();
  const scene = { tasks: [kswapd], samples: samples([1, 1, 1], [0, 0, 0]), atNs: 50e6, windowNs: 150e6, palette };
  drawTasks(ctx, { width: LABEL_PX + 30, height: ROW_PX }, scene);
  expect(calls.filter((call) => call.name === 'fillRect' && call.fillStyle === palette.kswapd)).toHaveLength(1);
});

test('every thread in words, with what it waits for', () => {
  expect(tasksText([kswapd, writer], false)).toBe(
    'kswapd0 runs in kswapd reclaim, in get_request_wait. writer 1 sleeps in direct reclaim on a free request.',
  );
  const idle = { ...kswapd, reclaim: 'none' } as const;
  expect(tasksText([{ ...kswapd, stack: [] }, idle, writer], true)).toBe(
    'kswapd0 is in kswapd reclaim. kswapd0 is not known to sleep. writer 1 sleeps in direct reclaim on a free request.',
  );
});

test('a lane is a thread to point at, and the lit thread has a frame around its own', () => {
  const size = { width: 300, height: 2 * ROW_PX };
  const tasks = [writer, kswapd];
  expect(taskAt(ROW_PX - 1, size, tasks)).toEqual({ kind: 'task', id: 1 });
  expect(taskAt(ROW_PX + 1, size, tasks)).toEqual({ kind: 'task', id: 0 });
  expect(taskAt(2 * ROW_PX + 1, size, tasks)).toBeUndefined();
  const { ctx, calls } = recordingContext();
  const lit = (id: number) => ({ thing: { kind: 'task', id } as const, isPinned: false, found: undefined });
  markTasks(ctx, size, tasks, [lit(0), lit(7)], palette);
  const frames = calls.filter(({ name, strokeStyle }) => name === 'strokeRect' && strokeStyle === palette.isolated);
  expect(frames.map(({ args }) => args)).toEqual([[17, ROW_PX + 1, 282, ROW_PX - 2]]);
});
