import { expect, test } from 'vitest';
import { CELL, type MachineFrame } from '../../abi/frame.ts';
import type { TableScene } from '../shared/table.ts';
import { tables } from './table.ts';

const scene = (frame: Partial<MachineFrame>) => ({ frame }) as unknown as TableScene;

test('a row for each list; its states add up to its pages, and the pages of all to the cells', () => {
  const cells = Uint8Array.of(
    CELL.CLEAN | CELL.ANON,
    CELL.DIRTY | CELL.REFERENCED,
    CELL.WRITEBACK | CELL.RECLAIM,
    CELL.CLEAN | CELL.REFERENCED,
    CELL.DIRTY | CELL.LAPPED,
  );
  const { rows } = tables(scene({ order: 'list', cells, listPages: [1, 0, 3, 1, 0, 0] }))[0]!;
  expect(rows).toEqual([
    ['inactive_anon', 1, 1, 0, 0, 0, 0, 0],
    ['active_anon', 0, 0, 0, 0, 0, 0, 0],
    ['inactive_file', 3, 1, 1, 1, 2, 1, 0],
    ['active_file', 1, 0, 1, 0, 0, 0, 1],
    ['unevictable', 0, 0, 0, 0, 0, 0, 0],
  ]);
  expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(cells.length);
});

test('by file: how much of it is in memory, and in how many runs it is dirty', () => {
  const cells = Uint8Array.of(CELL.DIRTY, CELL.DIRTY, CELL.FREE, CELL.DIRTY, CELL.CLEAN);
  const strips = [
    { kind: 'file', name: 'one', space: 0, pages: 4 },
    { kind: 'file', name: 'two', space: 1, pages: 1 },
  ] as const;
  expect(tables(scene({ order: 'file', cells, strips }))[0]!.rows).toEqual([
    ['one', 4, 3, 0, 3, 0, 0, 0, 0, 2],
    ['two', 1, 1, 1, 0, 0, 0, 0, 0, 0],
  ]);
});
