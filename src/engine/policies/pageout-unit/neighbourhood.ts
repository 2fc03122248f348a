import { hasBit } from '../../machine/page-bits.ts';
import type { PageoutUnit } from '../../machine/policy/pageout-unit.ts';

/** ->writepages over the dirty pages that lie without a gap around the one at the tail: half of the window below it at most. */
export const neighbourhood = {
  id: 'neighbourhood',
  label: 'contiguous neighbourhood',
  source: 'Chinner, linux-mm, 14 and 15 April 2010 (write-around, in no posted patch); history.md §4.1',
  batchesDirtyPages: false,
  range: ({ dirtyTag, sizePages }, index, _mates, maxPages) => {
    const lowest = Math.max(0, index - (maxPages >> 1));
    let first = index;
    while (first > lowest && hasBit(dirtyTag, first - 1)) first--;
    const highest = Math.min(sizePages, first + maxPages) - 1;
    let last = index;
    while (last < highest && hasBit(dirtyTag, last + 1)) last++;
    return { first, last };
  },
} as const satisfies PageoutUnit;
