import { expect, test } from 'vitest';
import type { TableScene } from '../shared/table.ts';
import { MEMORY } from './memory.test-double.ts';
import { tables } from './table.ts';

const memory = { ...MEMORY, totalPages: 1024, freePages: 256, priority: 13 };

test("the kernel's counters in pages and MiB; writers sleep from the middle of the thresholds on", () => {
  const [table, groups] = tables({ frame: { memory, memcgs: [] } } as unknown as TableScene);
  const rows = new Map(table!.rows.map(([name, ...values]) => [name, values]));
  expect(rows.get('nr_free_pages')).toEqual([256, '1.0']);
  expect(rows.get('(background_thresh + dirty_thresh) / 2')?.[0]).toBe(120);
  expect(rows.get('scan priority')).toEqual(['nobody reclaims', '']);
  expect(groups).toBeUndefined();
});

test('groups have a table of their own', () => {
  const memcg = { name: 'db', usagePages: 256, limitPages: 512, softLimitPages: Infinity, cleanPages: 200, failcnt: 3 };
  const [, groups] = tables({ frame: { memory, memcgs: [memcg] } } as unknown as TableScene);
  expect(groups!.rows[0]!.slice(0, 5)).toEqual(['db', 256, '1.0', 512, Infinity]);
});
