import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

/** Anyone swaps out again; file pages are kswapd's alone, memory cgroups wait for the flusher. */
export const rfcV4: KernelRow = {
  id: 'rfc-v4',
  title: 'V4, 8 patches',
  gist: 'file pages by kswapd only; memcg waits for the flusher',
  source:
    'linux-mm, 19 July 2010, "Reduce writeback from page reclaim context", PATCH 1/8–8/8; model.md §8.7, history.md §1.4',
  answers: {
    ...BASE_ANSWERS,
    directFile: 'no',
    memcgFile: 'no',
    skippedDirty: 'aside',
    dirtyWait: 'nap-rounds-if-memcg',
    flusherKick: 'half-more-than-seen',
    directRounds: 50,
    fsReclaimGuard: 'none',
  },
  leftOut: [
    ...LEFT_OUT_OF_ALL,
    'patch 7/8 (the flusher takes the oldest inodes first): the flusher is that of 2.6.35',
    'its removal of the PF_MEMALLOC test in btrfs; that in XFS is removed',
  ],
};
