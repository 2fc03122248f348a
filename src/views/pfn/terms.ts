import type { MachineFrame } from '../../abi/frame.ts';
import type { MapFrame } from '../../abi/look.ts';
import { group } from '../shared/format.ts';
import type { Term } from '../shared/term.ts';
import { candidatesOf, freePages, heldPages } from './blocks.ts';
import { candidateWords, freeWords, typeWords } from './text.ts';

const ofMap =
  (read: (map: MapFrame) => string): Term['of'] =>
  ({ map }: MachineFrame) =>
    map ? [read(map)] : [];

/** What the numbers of this view are. */
export const TERMS: readonly Term[] = [
  {
    name: 'pfn:nr_free',
    label: 'Free blocks by order',
    definition:
      'nr_free of each order, as /proc/buddyinfo has it: free blocks of 2^order pages that lie side by side at a multiple of their size. Two that are each other’s buddies are one of the next order. Bars: the share of the free pages that lies in blocks of that order.',
    source: 'mm/page_alloc.c:__free_one_page, expand; mm/vmstat.c:frag_show',
    rule: 'R2.1, R2.3, I2',
    of: ofMap((map) => `${freeWords(map)}; ${group(freePages(map.freeBlocks))} pages`),
  },
  {
    name: 'pfn:types',
    label: 'Migrate types of pageblocks',
    definition:
      'What a pageblock is for: pages that can be moved or freed, those that the kernel can free, those that it holds, and the reserve for high orders. An allocation that finds no block of its type takes the largest of another one, and the pageblock with it where it is large enough. The lines above the pages: thin Movable, thick Unmovable, dashes Reclaimable, dots Reserve.',
    source: 'mm/page_alloc.c:__rmqueue_fallback, set_pageblock_migratetype; /proc/pagetypeinfo',
    rule: 'R2.4, R2.5, R2.6',
    of: ofMap(typeWords),
  },
  {
    name: 'pfn:candidates',
    label: 'Candidates for a huge page',
    definition:
      'Pageblocks of which the kernel holds no page, and no huge page either: all of their pages are free or could be freed. Lumpy reclaim takes a page at the tail of the LRU and tries to free the pageblock around it.',
    source: 'mm/vmscan.c:isolate_lru_pages',
    rule: 'R3.13, R3.14',
    of: ofMap((map) => `${candidateWords(map)} pageblocks`),
  },
  {
    name: 'pfn:lacks',
    label: 'Pages that a candidate lacks',
    definition:
      'Pages of the pageblock that are not free yet. The number below a candidate is its own, the bar the part that is free; the number in words is that of the candidate that lacks the fewest.',
    source: 'mm/page_alloc.c:__free_one_page',
    rule: 'R2.3, §2.3',
    of: ofMap((map) => {
      const { least } = candidatesOf(map);
      return least === undefined ? 'there is no candidate' : `${group(least)} of ${group(2 ** map.pageblockOrder)}`;
    }),
  },
  {
    name: 'pfn:held',
    label: 'Held pages',
    definition:
      'Frames of the kernel itself, and those of huge pages that the workload keeps: reclaim frees neither. One of the kernel’s is enough to keep a pageblock from becoming a huge page.',
    source: 'include/linux/mmzone.h:MIGRATE_UNMOVABLE; mm/page_alloc.c:allocflags_to_migratetype',
    rule: 'R2.6, R2.7',
    of: ofMap((map) => {
      const { kernel, huge } = heldPages(map);
      return `${group(kernel)} of the kernel, ${group(huge)} in huge pages`;
    }),
  },
];
