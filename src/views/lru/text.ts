import { LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';
import { countStates } from '../shared/cells.ts';
import { cellsOf } from './draw.ts';

export const listLabel = (list: string): string => list.replace('_', ' ');

/** "anon, unevictable" rather than three names, where both anon lists are empty. */
export function emptyWords(lists: readonly string[]): string {
  const anon = lists.filter((list) => list.endsWith('_anon'));
  const others = lists.filter((list) => !anon.includes(list)).map(listLabel);
  return [...(anon.length === 2 ? ['anon'] : anon.map(listLabel)), ...others].join(', ');
}

/** "inactive file 13870 pages: 9000 clean, 4000 dirty, 870 being written". Empty lists are named without numbers. */
export function lruText(frame: MachineFrame): string {
  const lists = LIST_NAMES.filter((list) => list !== 'dirty_file' || cellsOf(frame, list).length > 0);
  const parts = lists.map((list) => {
    const cells = cellsOf(frame, list);
    if (cells.length === 0) return `${listLabel(list)} empty`;
    const { clean, dirty, writeback } = countStates(cells);
    return `${listLabel(list)} ${cells.length} pages: ${clean} clean, ${dirty} dirty, ${writeback} being written`;
  });
  return `${parts.join('; ')}.`;
}
