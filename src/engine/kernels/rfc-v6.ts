import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

/** The column "nodirect" of the mail's tables. */
export const rfcV6: KernelRow = {
  id: 'rfc-v6',
  title: 'V6 nodirect, patches 1–5',
  gist: 'file pages by kswapd only; lumpy and memcg loop for the flusher',
  source: 'linux-mm, 30 July 2010, PATCH 1/6–5/6 (the rule: 5/6); model.md §8.7, history.md §1.4',
  answers: {
    ...BASE_ANSWERS,
    directFile: 'no',
    memcgFile: 'no',
    dirtyWait: 'sync-loop',
    directRounds: 50,
  },
  leftOut: LEFT_OUT_OF_ALL,
};
