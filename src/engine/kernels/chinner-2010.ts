import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

/** The one patch that started it: may_writepage = 0 for everybody but kswapd, and nothing in its place. */
export const chinner2010: KernelRow = {
  id: 'chinner-2010',
  title: 'Chinner, April 2010',
  gist: 'only kswapd writes, single pages; the flusher is kicked',
  source: 'linux-mm, 8 and 13 April 2010, "mm: disallow direct reclaim page writeback"; history.md §1.4',
  answers: {
    ...BASE_ANSWERS,
    directFile: 'no',
    directAnon: 'no',
    memcgFile: 'no',
    memcgAnon: 'no',
    fsReclaimGuard: 'none',
  },
  leftOut: [
    ...LEFT_OUT_OF_ALL,
    'posted against 2.6.34: here over the rules of 2.6.35-rc2, but for XFS, whose ->writepage serves everybody as it did then',
  ],
};
