import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

export const v2635rc2: KernelRow = {
  id: 'v2.6.35-rc2',
  title: '2.6.35-rc2',
  gist: '->writepage, one page, in LRU order',
  source: 'tag v2.6.35-rc2, the base of the series (blob 9c7e57c of mm/vmscan.c); model.md §8.8 "base"',
  answers: BASE_ANSWERS,
  leftOut: LEFT_OUT_OF_ALL,
};
