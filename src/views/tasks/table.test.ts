import { expect, test } from 'vitest';
import type { TableScene } from '../shared/table.ts';
import { TRACED_FRAME } from '../shared/traced-frame.test-double.ts';
import { tables } from './table.ts';

test('a thread with its function, step and what it waits for', () => {
  const stack = [{ name: 'get_request_wait', step: 'sleep', bytes: 96 }];
  const writer = { name: 'writer-1', letter: 'W1', state: 'asleep', reclaim: 'direct', stack, waitsFor: 'a request' };
  const idle = { name: 'kswapd0', letter: 'K', state: 'asleep', reclaim: 'none', stack: [], waitsFor: '' };
  expect(tables({ frame: { tasks: [writer, idle] } } as unknown as TableScene)[0]!.rows).toEqual([
    ['writer-1', 'W1', 'asleep', 'direct', 'get_request_wait()', 'sleep', 'a request'],
    ['kswapd0', 'K', 'asleep', '', '', '', ''],
  ]);
});

test('of a trace nobody is said to run', () => {
  expect(tables({ frame: TRACED_FRAME } as TableScene)[0]!.rows[1]).toEqual([
    'dd',
    'D',
    'not known to sleep',
    '',
    '',
    '',
    '',
  ]);
});
