import { type FlusherKick, NO_KICK } from '../../machine/policy/flusher-kick.ts';

/** The flusher is asked only when it is seen not to do its work: a batch of dirty pages, and not one queued for I/O. */
export const dirtyBatch = {
  id: 'dirty-batch',
  label: 'after an all-dirty batch',
  source: 'v6.1 mm/vmscan.c shrink_inactive_list(), as of 4.11; model.md §9.4',
  byScanned: false,
  afterDirtyBatch: true,
  replacesWaitersKick: false,
  afterPass: () => NO_KICK,
} as const satisfies FlusherKick;
