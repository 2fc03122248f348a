import { LIST_NAMES, type MemcgFrame } from '../../abi/frame.ts';
import { fixed } from '../shared/format.ts';
import type { Cell, Table, TablesOf } from '../shared/table.ts';
import { GROUP_LISTS } from './layout.ts';

type Of = (memcgs: readonly MemcgFrame[]) => readonly Table[];

/** Every group with its limits, and its LRU lists: also those for which the picture has no room. */
export const tables: TablesOf = ({ frame: { memcgs, traced } }) => (traced ? namesOf(memcgs) : tablesOf(memcgs));

/** Of a recorded kernel no more is known than which there are. */
const namesOf: Of = (memcgs) => [
  { caption: 'Memory cgroups', head: ['group'], rows: memcgs.map(({ name }) => [name]) },
];

const tablesOf: Of = (memcgs) => [
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
