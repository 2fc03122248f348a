import { group, percent } from '../shared/format.ts';
import type { Term } from '../shared/term.ts';
import { dirtyShare } from './text.ts';

/** What the numbers of this view are that no counter is. */
export const TERMS: readonly Term[] = [
  {
    name: 'memory:dirty',
    label: 'Dirty share',
    definition:
      'Dirty pages and pages under writeback, of the memory that may get dirty: free pages and file lists, and anonymous lists while swap has room. The marks stand at the same scale: above background the flusher writes, from the middle on writers sleep.',
    source: 'mm/page-writeback.c:get_dirty_limits, determine_dirtyable_memory',
    rule: 'R5.4',
    needs: 'dirty',
    of: ({ memory }) => {
      const pages = `${group(memory.dirtyPages)} dirty and ${group(memory.writebackPages)} being written`;
      const share = dirtyShare(memory);
      return [Number.isNaN(share) ? pages : `${percent(share)}: ${pages} of ${group(memory.dirtyablePages)} pages`];
    },
  },
];
