import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

/** No ranges any more; batches stay, and memory cgroups write again. */
export const rfcV2: KernelRow = {
  id: 'rfc-v2',
  title: 'V2, 12 patches',
  gist: 'kswapd and memcg write, single pages of a batch',
  source:
    'linux-mm, 14 June 2010, "Avoid overflowing of stack during page reclaim", PATCH 1/12–12/12; model.md §8.7, history.md §1.4',
  answers: {
    ...BASE_ANSWERS,
    pageoutUnit: 'batch',
    directFile: 'no',
    directAnon: 'no',
    skippedDirty: 'aside',
    dirtyWait: 'rounds-if-sync',
    directRounds: 10,
  },
  leftOut: [
    ...LEFT_OUT_OF_ALL,
    'B4 off: as in RFC V1: before each write the rest of the batch is unlocked; V2 kept the locks, and in laptop mode leaked them',
    'the stack diet of patches 5–10: frames count the same bytes as in the base',
  ],
};
