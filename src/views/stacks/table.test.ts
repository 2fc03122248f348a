import { expect, test } from 'vitest';
import type { TableScene } from '../shared/table.ts';
import { tables } from './table.ts';

test('how deep each stack is and was, and where reclaim entered the filesystem', () => {
  const task = {
    name: 'writer-1',
    letter: 'W1',
    stack: [{ name: 'pageout', step: 'wait', bytes: 200 }],
    stackBytes: 200,
    stackHighBytes: 4000,
    stackHigh: [{ name: 'pageout' }, { name: 'xfs_vm_writepage' }],
    spliceAt: 1,
  };
  const idle = { ...task, name: 'kswapd0', letter: 'K', stack: [], stackBytes: 0, spliceAt: -1 };
  const frame = { tasks: [task, idle], stackSize: { threadSizeBytes: 8192, limitBytes: 8000 } };
  expect(tables({ frame } as unknown as TableScene)[0]!.rows).toEqual([
    ['writer-1', 'W1', 200, 4000, '50\u2009%', 'pageout()', 'xfs_vm_writepage()'],
    ['kswapd0', 'K', 0, 4000, '50\u2009%', '', ''],
  ]);
});
