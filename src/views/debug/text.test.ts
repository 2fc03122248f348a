import { expect, test } from 'vitest';
import type { MachineFrame, TaskFrame } from '../../abi/frame.ts';
import { functionsOf, positionText, stackRows, stateText, stepText } from './text.ts';

const STACK: TaskFrame['stack'] = [
  { name: 'get_request_wait', step: 'woken', nth: 1, steps: 3, bytes: 144 },
  { name: '__make_request', step: '', bytes: 96 },
  { name: 'shrink_page_list', step: 'paged', nth: 2, steps: 8, bytes: 384 },
];

test('a place is told by time, event and step', () => {
  const frame = { nowNs: 1_240_000_001, eventsDone: 31_800 } as MachineFrame;
  expect(positionText('A', frame)).toBe('A at 1.240000001 s, event 31\u2009800, between two events');
  expect(positionText('B', { ...frame, midway: 1 })).toBe('B at 1.240000001 s, event 31\u2009800, 1 step into it');
});

test('the stack is listed innermost first, each function with the depth up to it', () => {
  expect(stackRows(STACK).map(({ name, totalBytes }) => [name, totalBytes])).toEqual([
    ['get_request_wait', 624],
    ['__make_request', 480],
    ['shrink_page_list', 384],
  ]);
  expect(STACK.map(stepText)).toEqual(['woken, 2 of 3', '', 'paged, 3 of 8']);
  expect(functionsOf(STACK)).toBe(2);
});

test('a thread says what it waits for, and in which reclaim', () => {
  const task = { state: 'asleep', waitsFor: 'congestion_wait', reclaim: 'direct' } as TaskFrame;
  expect(stateText(task)).toBe('sleeps on congestion_wait, in direct reclaim');
  expect(stateText({ ...task, state: 'running', reclaim: 'none' })).toBe('runs');
  expect(stateText({ ...task, state: 'dead' })).toBe('dead');
});
