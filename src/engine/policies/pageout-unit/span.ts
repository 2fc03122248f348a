import type { PageoutUnit } from '../../machine/policy/pageout-unit.ts';

/** ->writepages over everything between the lowest and the highest page of the file in the batch: not contiguous, despite the title. */
export const span = {
  id: 'span',
  label: 'span of the file',
  source: 'RFC 5/6 of 8 June 2010, clean_page_list(); model.md P5.1–P5.6',
  batchesDirtyPages: true,
  range: (_space, index, mates) => {
    let first = index;
    let last = index;
    for (const mate of mates) {
      if (mate.index < first) first = mate.index;
      if (mate.index > last) last = mate.index;
    }
    return { first, last };
  },
} as const satisfies PageoutUnit;
