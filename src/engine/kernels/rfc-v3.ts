import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

/** Several page locks at once were unsafe: batches are gone, and every direct reclaimer that meets dirty pages naps. */
export const rfcV3: KernelRow = {
  id: 'rfc-v3',
  title: 'V3, 14 patches',
  gist: 'kswapd and memcg write single pages; others nap',
  source: 'linux-mm, 29 June 2010, PATCH 1/14–14/14 (the rule: 12/14); model.md §8.7, history.md §1.4',
  answers: {
    ...BASE_ANSWERS,
    directFile: 'no',
    directAnon: 'no',
    skippedDirty: 'aside',
    dirtyWait: 'nap',
    directRounds: 50,
    fsReclaimGuard: 'none',
  },
  leftOut: [
    ...LEFT_OUT_OF_ALL,
    'the stack diet: frames count the same bytes as in the base',
    'its removal of the PF_MEMALLOC test in btrfs; that in XFS is removed',
  ],
};
