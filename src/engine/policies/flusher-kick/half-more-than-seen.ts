import type { FlusherKick } from '../../machine/policy/flusher-kick.ts';

/** Every pass, kswapd's too: 1.5 times the dirty pages seen. None seen asks for 0, which means all of every disk. */
export const halfMoreThanSeen = {
  id: 'half-more-than-seen',
  label: '1.5 × dirty seen, every pass',
  source:
    'V4 8/8 of 19 July 2010 as posted: none seen asks for all, mended after review; model.md §8.7, history.md §1.4',
  byScanned: true,
  afterDirtyBatch: false,
  replacesWaitersKick: true,
  afterPass: (seen) => seen + Math.floor(seen / 2),
} as const satisfies FlusherKick;
