import { CELL, type Lens } from '../../abi/frame.ts';
import { countStates } from '../shared/cells.ts';
import type { Cell, TablesOf } from '../shared/table.ts';

/** Who has the last pages of the inactive file list, and each of them from the next victim on. */
export const tables: TablesOf = ({ frame: { lens } }) => [
  {
    caption: 'Who has them',
    head: ['on', 'pages', 'clean', 'dirty', 'writeback'],
    rows: partsOf(lens).map(({ name, cells }) => {
      const { clean, dirty, writeback } = countStates(cells);
      return [name, cells.length, clean, dirty, writeback];
    }),
  },
  {
    caption: 'The last batches, the newest first',
    head: ['reclaimer', 'ended, s', 'taken', 'freed', 'kept', 'dirty', 'writeback'],
    rows: [...lens.trail]
      .reverse()
      .map(({ by, endNs, takenPages, freedPages, dirtyPages, writebackPages }): readonly Cell[] => [
        by,
        (endNs / 1e9).toFixed(6),
        takenPages,
        freedPages,
        takenPages - freedPages,
        dirtyPages,
        writebackPages,
      ]),
  },
  {
    caption: 'Page by page, the next victim first',
    head: ['from the tail', 'on', 'state', 'PG_referenced', 'PG_reclaim', 'PG_locked', 'lapped'],
    rows: partsOf(lens)
      .flatMap(({ name, cells }) => Array.from(cells, (cell) => ({ name, cell })))
      .reverse()
      .map(({ name, cell }, at): readonly Cell[] => [
        at + 1,
        name,
        STATES[(cell & CELL.STATE) as 0 | 1 | 2 | 3],
        yes(cell & CELL.REFERENCED),
        yes(cell & CELL.RECLAIM),
        yes(cell & CELL.LOCKED),
        yes(cell & CELL.LAPPED),
      ]),
  },
];

const STATES = ['free', 'clean', 'dirty', 'writeback'] as const;
const yes = (bit: number): string => (bit === 0 ? '' : 'yes');

/** The list's own pages, then each isolated batch, as the picture has them from left to right. */
function partsOf({ cells, batches }: Lens): readonly { readonly name: string; readonly cells: Uint8Array }[] {
  const held = batches.reduce((sum, { pages }) => sum + pages, 0);
  let from = Math.max(0, cells.length - held);
  return [
    { name: 'inactive_file', cells: cells.subarray(0, from) },
    ...batches.map(({ by, pages }) => {
      const own = cells.subarray(from, from + pages);
      from += pages;
      return { name: `isolated by ${by}`, cells: own };
    }),
  ];
}
