import { LIST_NAMES } from '../../abi/frame.ts';
import { fixed } from '../shared/format.ts';
import type { Cell, TablesOf } from '../shared/table.ts';
import { GROUP_LISTS } from './layout.ts';

/** Every group with its limits, and its LRU lists: also those for which the picture has no room. */
export const tables: TablesOf = ({ frame: { memcgs } }) => [
  {
    caption: 'Memory cgroups, in pages',
    head: ['group', 'inside', 'usage', 'limit', 'soft limit', 'dirty limit', 'failcnt', 'stalled, s'],
    rows: memcgs.map((memcg) => [
      memcg.name,
      memcg.parent,
      memcg.usagePages,
      memcg.limitPages,
      memcg.softLimitPages,
      memcg.dirtyThreshPages,
      memcg.failcnt,
      fixed(memcg.stalledNs / 1e9, 3),
    ]),
  },
  ...memcgs.map(({ name, lists = [] }) => ({
    caption: `Lists of ${name}`,
    head: ['list', 'pages', 'dirty', 'writeback'],
    rows: lists
      .slice(0, GROUP_LISTS)
      .map(({ pages, dirtyPages, writebackPages }, row): readonly Cell[] => [
        LIST_NAMES[row]!,
        pages,
        dirtyPages,
        writebackPages,
      ]),
  })),
];
