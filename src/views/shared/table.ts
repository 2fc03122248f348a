import type { MachineFrame } from '../../abi/frame.ts';
import type { Ns } from '../../abi/units.ts';
import type { RequestHistory } from '../../store/request-history.ts';
import { group } from './format.ts';

/** What a picture is made of, as a table: the same numbers, to be read one by one, and copied. */
export interface Table {
  readonly caption: string;
  /** Names of the columns; the first one is that of the rows' heads. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}
/** Numbers are grouped on the screen and plain in a mail; NaN stands for "has none". */
export type Cell = string | number;

/** One moment of one machine, and what its disks have finished by then. */
export interface TableScene {
  readonly frame: MachineFrame;
  readonly requests: RequestHistory;
  /** How much time the lanes show. */
  readonly windowNs: Ns;
}
export type TablesOf = (scene: TableScene) => readonly Table[];

export function cellWords(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (!Number.isFinite(cell)) return '–';
  return Number.isInteger(cell) ? group(cell) : String(cell);
}

const plain = (cell: Cell): string => (typeof cell === 'string' || Number.isFinite(cell) ? String(cell) : '-');

/** In columns of one width, for a mail: heads of rows at the left, the rest at the right. */
export const tablesText = (tables: readonly Table[]): string => tables.map(tableText).join('\n\n');

function tableText({ caption, head, rows }: Table): string {
  const lines = [head, ...rows.map((row) => row.map(plain))];
  const wide = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(wide[0]!) : cell.padStart(wide[column]!)))
      .join('  ')
      .trimEnd();
  return [caption, ...lines.map(line)].join('\n');
}
