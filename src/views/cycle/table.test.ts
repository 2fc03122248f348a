import { expect, test } from 'vitest';
import type { TableScene } from '../shared/table.ts';
import { tables } from './table.ts';

test('who waits where for which page of whom, a row for each thread of the ring', () => {
  const wait = { fn: '__lock_page', caller: 'shrink_page_list', file: 'data' };
  const lockCycle = [
    { ...wait, task: 3, index: 7, heldBy: 4 },
    { ...wait, task: 4, index: 9, heldBy: 3 },
  ];
  const tasks = [
    { id: 3, name: 'one' },
    { id: 4, name: 'two' },
  ];
  const [table] = tables({ frame: { lockCycle, tasks } } as unknown as TableScene);
  expect(table?.rows).toEqual([
    ['one', '__lock_page()', 'shrink_page_list', 'data', 7, 'two'],
    ['two', '__lock_page()', 'shrink_page_list', 'data', 9, 'one'],
  ]);
});
