import { expect, test } from 'vitest';
import type { TableScene } from '../shared/table.ts';
import { TRACED_FRAME } from '../shared/traced-frame.test-double.ts';
import { tables } from './table.ts';
import { writtenBack } from './text.ts';

test('a group with its limits, and its five lists; the dirty list is no list of a group', () => {
  const list = { pages: 5, dirtyPages: 2, writebackPages: 1 };
  const memcg = {
    name: 'db',
    parent: 'all',
    usagePages: 30,
    limitPages: 64,
    softLimitPages: Infinity,
    dirtyThreshPages: Infinity,
    failcnt: 7,
    stalledNs: 1.5e9,
    lists: Array.from({ length: 6 }, () => list),
  };
  const [groups, lists] = tables({ frame: { memcgs: [memcg] } } as unknown as TableScene);
  expect(groups!.rows).toEqual([['db', 'all', 30, 64, Infinity, Infinity, 7, '1.500']]);
  expect(lists!.rows).toHaveLength(5);
  expect(lists!.rows[2]).toEqual(['inactive_file', 5, 2, 1]);
});

test('of a trace the groups that it names, and what it counts of each: no columns of dashes', () => {
  expect(tables({ frame: TRACED_FRAME } as TableScene)).toEqual([
    { caption: 'Memory cgroups', head: ['group'], rows: [['cgroup 4242']] },
  ]);
  const row = { label: 'cgroup 4242, pages written back', value: '24576', definition: '' };
  const memcgs = [{ name: 'cgroup 4242' }, { name: 'cgroup 7' }];
  expect(writtenBack(memcgs, { groups: [row] }).map(({ written }) => written?.value)).toEqual([
    '24\u2009576',
    undefined,
  ]);
});
