import { seconds } from '../shared/format.ts';
import type { Term } from '../shared/term.ts';
import { batchWords } from './text.ts';

/** What the numbers of this view are. */
export const TERMS: readonly Term[] = [
  {
    name: 'lens:trail',
    label: 'The last 8 batches',
    definition:
      'What became of the last batches that reclaim took from an inactive file list, usually 32 pages each: freed, or kept and put back. Of those kept, some are still dirty and some under writeback, most of them because reclaim has just begun to write them. Several reclaimers’ batches are in the order in which they ended.',
    source: 'mm/vmscan.c:shrink_inactive_list, putback_lru_pages; SWAP_CLUSTER_MAX',
    rule: 'R3.15, R3.26',
    needs: 'batches',
    of: ({ lens: { trail } }) =>
      [...trail].reverse().map((batch) => `${seconds(batch.endNs)} s, ${batch.by}: ${batchWords(batch)}`),
  },
];
