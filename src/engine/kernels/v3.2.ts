import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_IO_LESS, LEFT_OUT_OF_LATER } from './shared.ts';

export const v32: KernelRow = {
  id: 'v3.2',
  title: '3.2',
  gist: 'direct reclaim writes no file pages, kswapd only in trouble; dirtiers sleep',
  source: 'tag v3.2, mm/vmscan.c, mm/page-writeback.c, fs/fs-writeback.c; model.md §9.2, history of the series',
  answers: {
    ...BASE_ANSWERS,
    referencedDirty: 'file-only',
    softLimit: 'v3.2',
    kswapdFile: 'below-priority',
    directFile: 'no',
    memcgFile: 'no',
    skippedDirty: 'tag',
    lumpyStall: 'v2.6.37',
    blockReclaim: 'v2.6.38',
    isolation: 'once',
    flusherLists: 'v2.6.36',
    flusherWork: 'v3.2',
    dirtyThrottling: 'v3.2',
    dirtyLimits: 'v2.6.37',
    fsReclaimGuard: 'direct',
    reclaimNaps: 'v3.2',
    kswapdGap: 'one-percent',
  },
  leftOut: [
    ...LEFT_OUT_OF_LATER,
    ...LEFT_OUT_OF_IO_LESS,
    'reclaim for compaction stops by the rules of any reclaim (should_continue_reclaim)',
    'lumpy reclaim: the first page kept for another reason than writeback does not turn it off for the rest of the batch',
    'a zone more than 25 % of whose node is balanced ends kswapd at order > 0: with one zone that is the zone itself',
  ],
};
