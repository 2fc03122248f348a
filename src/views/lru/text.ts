import { CELL, LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';
import type { CellOrder, StripFrame } from '../../abi/look.ts';
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

/** How to read the strips, beside their heading. */
export const ORDER_WORDS: Readonly<Record<CellOrder, string>> = {
  list: 'newest ← → next victim',
  file: 'by file and offset',
  pfn: 'by frame number',
};

/** The picture in words, in whatever order it is. */
export function orderText(frame: MachineFrame): string {
  if (frame.order === 'list') return lruText(frame);
  let from = 0;
  const parts = frame.strips.map((strip) => {
    const cells = frame.cells.subarray(from, from + strip.pages);
    from += strip.pages;
    return stripText(strip, cells);
  });
  return `${parts.join('; ')}.`;
}

function stripText({ name, pages, kind }: StripFrame, cells: Uint8Array): string {
  const { clean, dirty, writeback } = countStates(cells);
  const runs = dirtyRuns(cells);
  const held = kind === 'memory' ? '' : ` in memory of ${pages}`;
  const apart = dirty > 0 ? ` in ${runs} run${runs === 1 ? '' : 's'}` : '';
  return `${name}: ${clean + dirty + writeback} pages${held}, ${dirty} dirty${apart}, ${writeback} being written`;
}

/** Stretches of dirty pages side by side: few in file order is what a range write needs. */
export function dirtyRuns(cells: Uint8Array): number {
  let runs = 0;
  for (let at = 0; at < cells.length; at++)
    if ((cells[at]! & CELL.STATE) === CELL.DIRTY && (at === 0 || (cells[at - 1]! & CELL.STATE) !== CELL.DIRTY)) runs++;
  return runs;
}
