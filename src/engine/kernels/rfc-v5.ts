import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

/** Waiting moved to shrink_inactive_list(). The patches' texts were not found: by their changelog, and by V6. */
export const rfcV5: KernelRow = {
  id: 'rfc-v5',
  title: 'V5, 9 patches',
  gist: 'file pages by kswapd only; lumpy and memcg loop for the flusher',
  source:
    'linux-mm, 28 July 2010, PATCH 0/9 (changelog; the rules as in V6 5/6, assumed); model.md §8.7, history.md §1.4',
  answers: {
    ...BASE_ANSWERS,
    directFile: 'no',
    memcgFile: 'no',
    dirtyWait: 'sync-loop',
    directRounds: 50,
  },
  leftOut: [
    ...LEFT_OUT_OF_ALL,
    'its own kick of the flusher ("larger flusher window") and patch 9/9 (I_DIRTY_RECLAIM, which inodes go first): texts not found',
  ],
};
