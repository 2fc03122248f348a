import { BASE_ANSWERS, type KernelRow, LEFT_OUT_OF_ALL } from './shared.ts';

/**
 * The column "flushforward" of the mail's tables. The kick is sized by pages that direct reclaim has skipped; under kswapd there
 * are none, and 0 asks the flusher for every dirty page: that, not a 4 MiB kick, is behind the fall of kswapd's writes.
 */
export const rfcV6Flush: KernelRow = {
  id: 'rfc-v6-flush',
  title: 'V6 flushforward, patches 1–6',
  gist: 'as V6 nodirect, and reclaim wakes the flusher when it meets dirty pages',
  source: 'linux-mm, 30 July 2010, PATCH 1/6–6/6 (the kick: 6/6); history.md §0.13, §1.4',
  answers: {
    ...BASE_ANSWERS,
    directFile: 'no',
    memcgFile: 'no',
    dirtyWait: 'sync-loop',
    flusherKick: 'window',
    directRounds: 50,
  },
  leftOut: LEFT_OUT_OF_ALL,
};
