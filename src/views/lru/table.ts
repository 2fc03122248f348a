import { CELL, LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';
import { countStates } from '../shared/cells.ts';
import type { Cell, Table, TablesOf } from '../shared/table.ts';
import { cellsOf } from './draw.ts';
import { dirtyRuns } from './text.ts';

/** The lists, or in another order the files: how many pages of each are in which state. */
export const tables: TablesOf = ({ frame }) => [frame.order === 'list' ? listTable(frame) : stripTable(frame)];

const STATES = ['pages', 'clean', 'dirty', 'writeback', 'referenced', 'PG_reclaim', 'lapped'] as const;

function statesOf(cells: Uint8Array): readonly Cell[] {
  const { clean, dirty, writeback } = countStates(cells);
  const having = (bit: number) => cells.reduce((sum, cell) => sum + Number((cell & bit) !== 0), 0);
  return [
    clean + dirty + writeback,
    clean,
    dirty,
    writeback,
    having(CELL.REFERENCED),
    having(CELL.RECLAIM),
    having(CELL.LAPPED),
  ];
}

function listTable(frame: MachineFrame): Table {
  return {
    caption: 'LRU lists',
    head: ['list', ...STATES],
    rows: LIST_NAMES.map((list): readonly Cell[] => [list, ...statesOf(cellsOf(frame, list))]).filter(
      ([list, pages]) => list !== 'dirty_file' || pages !== 0,
    ),
  };
}

function stripTable({ strips, cells, order }: MachineFrame): Table {
  let from = 0;
  return {
    caption: order === 'file' ? 'Files and anonymous memory' : 'Memory by frame number',
    head: ['name', 'size', ...STATES, 'dirty runs'],
    rows: strips.map(({ name, pages }) => {
      const own = cells.subarray(from, from + pages);
      from += pages;
      return [name, pages, ...statesOf(own), dirtyRuns(own)];
    }),
  };
}
