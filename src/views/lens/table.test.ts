import { expect, test } from 'vitest';
import { CELL } from '../../abi/frame.ts';
import type { TableScene } from '../shared/table.ts';
import { tables } from './table.ts';

test('who has the pages, and each from the next victim on', () => {
  const lens = {
    cells: Uint8Array.of(CELL.CLEAN, CELL.DIRTY, CELL.DIRTY | CELL.REFERENCED, CELL.WRITEBACK | CELL.RECLAIM),
    batches: [{ by: 'kswapd0', letter: 'K', pages: 2 }],
    trail: [
      { by: 'writer-1', endNs: 1e9, takenPages: 32, freedPages: 30, dirtyPages: 1, writebackPages: 1 },
      { by: 'kswapd0', endNs: 2e9, takenPages: 32, freedPages: 32, dirtyPages: 0, writebackPages: 0 },
    ],
  };
  const [who, batches, each] = tables({ frame: { lens } } as unknown as TableScene);
  expect(who!.rows).toEqual([
    ['inactive_file', 2, 1, 1, 0],
    ['isolated by kswapd0', 2, 0, 1, 1],
  ]);
  expect(batches!.rows).toEqual([
    ['kswapd0', '2.000000', 32, 32, 0, 0, 0],
    ['writer-1', '1.000000', 32, 30, 2, 1, 1],
  ]);
  expect(each!.rows).toEqual([
    [1, 'isolated by kswapd0', 'writeback', '', 'yes', '', ''],
    [2, 'isolated by kswapd0', 'dirty', 'yes', '', '', ''],
    [3, 'inactive_file', 'dirty', '', '', '', ''],
    [4, 'inactive_file', 'clean', '', '', '', ''],
  ]);
});
