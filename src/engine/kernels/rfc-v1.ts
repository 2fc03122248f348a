import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

export const rfcV1: KernelRow = {
  id: 'rfc-v1',
  title: 'RFC V1, patches 1–6',
  gist: 'only kswapd writes, spans of files',
  source: 'linux-mm, 8 June 2010, RFC PATCH 1/6–6/6; model.md §8.1–8.6',
  answers: {
    ...BASE_ANSWERS,
    pageoutUnit: 'span',
    directFile: 'no',
    directAnon: 'no',
    memcgFile: 'no',
    memcgAnon: 'no',
    skippedDirty: 'aside',
    dirtyWait: 'rounds-if-sync',
    directRounds: 10,
  },
  leftOut: [...LEFT_OUT_OF_ALL, 'B4 off: as in patches 1–5 alone; with patch 6 only kswapd cleans batches'],
};
