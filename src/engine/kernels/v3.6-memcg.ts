import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_IO_LESS, LEFT_OUT_OF_LATER } from './shared.ts';

export const v36Memcg: KernelRow = {
  id: 'v3.6-memcg',
  title: '3.6',
  gist: 'as 3.2; a task at its memcg limit waits for pages under writeback',
  source:
    'tag v3.6, mm/vmscan.c shrink_page_list(), throttle_direct_reclaim(); model.md §9.2, history of the series §5.2',
  answers: {
    ...BASE_ANSWERS,
    referencedDirty: 'file-only',
    softLimit: 'v3.2',
    kswapdFile: 'below-priority',
    directFile: 'no',
    memcgFile: 'no',
    skippedDirty: 'tag',
    writebackAtTail: 'memcg-waits',
    flusherLists: 'v2.6.36',
    flusherWork: 'v3.2',
    dirtyThrottling: 'v3.3',
    dirtyLimits: 'v3.3',
    fsReclaimGuard: 'direct',
    reclaimNaps: 'v3.6',
    isolation: 'once',
    blockReclaim: 'none',
    kswapdGap: 'one-percent',
  },
  leftOut: [
    ...LEFT_OUT_OF_LATER,
    ...LEFT_OUT_OF_IO_LESS,
    'LRU lists per memory cgroup only, as of 3.3: pages stay on the list of their zone and of their group, and global reclaim takes the zone’s',
    'kswapd’s soft-limit reclaim waits for no page',
    'dirty limits per zone: with one zone a refusal of the fast path is taken at the min mark at once',
    'shares of the dirty limit still forget by completions, not by time (flexible proportions)',
  ],
};
