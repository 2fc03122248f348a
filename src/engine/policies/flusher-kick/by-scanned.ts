import { type FlusherKick, NO_KICK } from '../../machine/policy/flusher-kick.ts';

/** Only by pages scanned, once direct or memcg reclaim has gone through more than 48 (R3.27). */
export const byScanned = {
  id: 'by-scanned',
  label: 'after 48 scanned only',
  source: 'v2.6.35-rc2 mm/vmscan.c do_try_to_free_pages(): writeback_threshold; model.md R3.27, R3.28',
  byScanned: true,
  afterDirtyBatch: false,
  replacesWaitersKick: false,
  afterPass: () => NO_KICK,
} as const satisfies FlusherKick;
