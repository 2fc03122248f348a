import { expect, test } from 'vitest';
import type { LockWaitFrame, TaskFrame } from '../../abi/frame.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawCycle, ringOf } from './draw.ts';
import { cycleText } from './text.ts';

const palette = lookOf('dark', 1440);
const size = { width: 400, height: 132 };
const task = (id: number, name: string, letter: string): TaskFrame => ({
  id,
  name,
  letter,
  kind: 'task',
  state: 'asleep',
  reclaim: 'direct',
  stack: [],
  stackBytes: 0,
  stackHighBytes: 0,
  stackHigh: [],
  spliceAt: -1,
  waitsFor: 'a page lock',
});
const tasks = [task(2, 'writer-1', 'W1'), task(3, 'writer-2', 'W2')];
const wait = (id: number, index: number, heldBy: number): LockWaitFrame => ({
  task: id,
  fn: 'write_cache_pages',
  caller: 'clean_page_list',
  file: 'data-1',
  index,
  heldBy,
});
const cycle = [wait(2, 41, 3), wait(3, 7, 2)];

test('two tasks stand apart on one line, three on an ellipse, all inside the picture', () => {
  expect(ringOf(2, size).map(({ y }) => Math.round(y))).toEqual([66, 66]);
  for (const { x, y } of ringOf(5, size)) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(size.width);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(size.height);
  }
});

test('each wait is an arrow with its page and function; each task stands once with its letter', () => {
  const { ctx, calls } = recordingContext();

  drawCycle(ctx, size, cycle, tasks, palette);

  const texts = calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0]);
  expect(texts).toEqual(['data-1 page 41', 'write_cache_pages', 'data-1 page 7', 'write_cache_pages', 'W1', 'W2']);
  expect(calls.filter(({ name }) => name === 'quadraticCurveTo').length).toBe(2);
});

test('the arrows of a ring of two part: one above, one below', () => {
  const { ctx, calls } = recordingContext();

  drawCycle(ctx, size, cycle, tasks, palette);

  const controls = calls.filter(({ name }) => name === 'quadraticCurveTo').map(({ args }) => Number(args[1]));
  expect(Math.sign(controls[0]! - 66)).toBe(-Math.sign(controls[1]! - 66));
});

test('in words: who waits in which function for which page, and who holds it', () => {
  expect(cycleText(cycle, tasks)).toBe(
    'writer-1 in write_cache_pages, called from clean_page_list, waits for page 41 of data-1, locked by writer-2. ' +
      'writer-2 in write_cache_pages, called from clean_page_list, waits for page 7 of data-1, locked by writer-1.',
  );
});
