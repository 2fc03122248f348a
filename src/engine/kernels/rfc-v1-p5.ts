import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

export const rfcV1P5: KernelRow = {
  id: 'rfc-v1-p5',
  title: 'RFC V1, patches 1–5',
  gist: '->writepages over the span of the file',
  source: 'linux-mm, 8 June 2010, RFC PATCH 1/6–5/6; model.md §8.1–8.5',
  answers: { ...BASE_ANSWERS, pageoutUnit: 'span' },
  leftOut: [
    ...LEFT_OUT_OF_ALL,
    'B4 off: before each write all remaining pages of the private dirty list are unlocked; each is taken again by trylock when the loop reaches it, and left to the second pass if that fails',
    'B4 off: in laptop mode the private list is unlocked when nothing may be written',
    'iput() as the final reference (it would deadlock) does not happen: files outlive the writes',
  ],
};
