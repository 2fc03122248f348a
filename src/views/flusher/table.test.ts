import { expect, test } from 'vitest';
import type { TableScene } from '../shared/table.ts';
import { tables } from './table.ts';

test('every inode on its list, also those the picture leaves out', () => {
  const inode = (name: string) => ({ name, dirtyPages: 9, writebackPages: 1, dirtiedWhenNs: 1e9, writer: '' });
  const bDirty = Array.from({ length: 9 }, (_, at) => inode(`f${at}`));
  const flusher = { name: 'flush-8:0', disk: '8:0', memcg: '', work: '', bDirty, bIo: [inode('g')], bMoreIo: [] };
  const [table] = tables({ frame: { flushers: [flusher], nowNs: 3e9 } } as unknown as TableScene);
  expect(table!.caption).toBe('flush-8:0 (8:0): sleeps');
  expect(table!.rows).toHaveLength(10);
  expect(table!.rows.at(-1)).toEqual(['g', 'b_io', 9, 1, '2.0', '']);
});
