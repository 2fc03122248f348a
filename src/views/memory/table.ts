import type { MemcgFrame, MemoryFrame } from '../../abi/frame.ts';
import { mib } from '../shared/format.ts';
import type { Cell, Table, TablesOf } from '../shared/table.ts';
import { throttleFrom } from './draw.ts';

/** Free and dirty pages with what they are measured against, and the groups. */
export const tables: TablesOf = ({ frame: { memory, memcgs } }) => [
  memoryTable(memory),
  ...(memcgs.length > 0 ? [groupTable(memcgs, memory)] : []),
];

function memoryTable(memory: MemoryFrame): Table {
  const { min, low, high } = memory.watermarks;
  const sized: readonly (readonly [string, number])[] = [
    ['present', memory.totalPages],
    ['nr_free_pages', memory.freePages],
    ['min', min],
    ['low', low],
    ['high', high],
    ['nr_dirty', memory.dirtyPages],
    ['nr_writeback', memory.writebackPages],
    ['determine_dirtyable_memory()', memory.dirtyablePages],
    ['background_thresh', memory.backgroundThreshPages],
    ['(background_thresh + dirty_thresh) / 2', throttleFrom(memory)],
    ['dirty_thresh', memory.dirtyThreshPages],
    ['nr_anon_pages', memory.anonPages],
    ['nr_file_pages', memory.filePages],
    ['SwapTotal', memory.swapTotalPages],
    ['SwapFree', memory.swapFreePages],
  ];
  return {
    caption: 'Memory',
    head: ['counter', 'pages', 'MiB'],
    rows: [
      ...sized.map(([name, pages]): readonly Cell[] => [name, pages, mib(pages, memory.pageBytes)]),
      ['scan priority', memory.priority > 12 ? 'nobody reclaims' : memory.priority, ''],
    ],
  };
}

function groupTable(memcgs: readonly MemcgFrame[], { pageBytes }: MemoryFrame): Table {
  return {
    caption: 'Memory cgroups, in pages',
    head: ['group', 'usage', 'MiB', 'limit', 'soft limit', 'anon', 'clean', 'dirty', 'writeback', 'failcnt'],
    rows: memcgs.map((memcg) => [
      memcg.name,
      memcg.usagePages,
      mib(memcg.usagePages, pageBytes),
      memcg.limitPages,
      memcg.softLimitPages,
      memcg.anonPages,
      memcg.cleanPages,
      memcg.dirtyPages,
      memcg.writebackPages,
      memcg.failcnt,
    ]),
  };
}
