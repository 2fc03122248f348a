import { type MapFrame, MIGRATE_TYPES } from '../../abi/look.ts';
import type { Cell, Table, TablesOf } from '../shared/table.ts';
import { typeCounts } from './blocks.ts';

/** What /proc/buddyinfo and /proc/pagetypeinfo would say, and each pageblock. */
export const tables: TablesOf = ({ frame: { map } }) =>
  map === undefined ? [] : [buddyTable(map), typeTable(map), blockTable(map)];

const buddyTable = ({ freeBlocks }: MapFrame): Table => ({
  caption: 'Free blocks by order',
  head: ['order', 'nr_free', 'pages'],
  rows: freeBlocks.map((blocks, order) => [order, blocks, blocks * 2 ** order]),
});

const typeTable = (map: MapFrame): Table => ({
  caption: 'Pageblocks by type',
  head: ['type', 'pageblocks'],
  rows: typeCounts(map).map((count, type): readonly Cell[] => [MIGRATE_TYPES[type]!, count]),
});

function blockTable({ types, free, held, pageblockOrder }: MapFrame): Table {
  return {
    caption: `Pageblocks of ${2 ** pageblockOrder} pages`,
    head: ['first pfn', 'type', 'free', 'held', 'lacks'],
    rows: Array.from(types, (type, block): readonly Cell[] => [
      block * 2 ** pageblockOrder,
      MIGRATE_TYPES[type]!,
      free[block]!,
      held[block]!,
      // With a page of the kernel's it can become no huge page.
      held[block]! > 0 ? Number.NaN : 2 ** pageblockOrder - free[block]!,
    ]),
  };
}
