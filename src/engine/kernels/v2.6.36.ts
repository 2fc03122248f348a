import { BASE_ANSWERS, type KernelRow, LEFT_OUT_EVER } from './shared.ts';

/** What the series left in mainline at first: its tracepoints and script, not the ban on writing. */
export const v2636: KernelRow = {
  id: 'v2.6.36',
  title: '2.6.36',
  gist: '->writepage, one page, in LRU order; fewer SYNC stalls',
  source: 'tag v2.6.36, mm/vmscan.c, fs/fs-writeback.c, mm/page-writeback.c; model.md §9.1, history.md §1.5',
  answers: {
    ...BASE_ANSWERS,
    softLimit: 'v2.6.36',
    lumpyStall: 'v2.6.36',
    isolation: 'once',
    reclaimProgress: 'v2.6.36',
    flusherLists: 'v2.6.36',
    flusherWork: 'v2.6.36',
    dirtyThrottling: 'v2.6.36',
    fsReclaimGuard: 'direct',
  },
  leftOut: [
    ...LEFT_OUT_EVER,
    'B2 off: the memcg list is rotated with the zone list when a write ends, as 2.6.39 does; B3 is mended in it',
    'with the historical bugs on B1 appears here too, though 2.6.36 has mended it',
    'frames go free one by one here, at the end of the batch there',
    'its stack diet: frames count the same bytes as in the base',
  ],
};
