import { expect, test } from 'vitest';
import type { TableScene } from '../shared/table.ts';
import { tables } from './table.ts';

test('free blocks by order, pageblocks by type, and what each lacks to become a huge page', () => {
  const map = {
    freeBlocks: [2, 0, 1],
    pageblockOrder: 3,
    types: Uint8Array.of(2, 0),
    free: Uint16Array.of(6, 0),
    held: Uint16Array.of(0, 3),
  };
  const [buddy, types, blocks] = tables({ frame: { map } } as unknown as TableScene);
  expect(buddy!.rows).toEqual([
    [0, 2, 2],
    [1, 0, 0],
    [2, 1, 4],
  ]);
  expect(types!.rows).toContainEqual(['Movable', 1]);
  expect(blocks!.rows).toEqual([
    [0, 'Movable', 6, 0, 2],
    [8, 'Unmovable', 0, 3, Number.NaN],
  ]);
  const pages = buddy!.rows.reduce((sum, row) => sum + Number(row[2]), 0);
  expect(pages).toBe(map.free.reduce((sum, one) => sum + one, 0));
});
