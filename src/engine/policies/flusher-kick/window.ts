import { type FlusherKick, NO_KICK } from '../../machine/policy/flusher-kick.ts';

/** 4 MiB in pages, and what one skipped page asks for: that window by a batch of 32. */
const MAX_WRITEBACK = 1024;
const WRITEBACK_FACTOR = MAX_WRITEBACK / 32;

/**
 * Every pass over the file list that saw dirty pages and may write: 32 pages per skipped one, 1024 at most. kswapd skips none,
 * so it asks for 0: all dirty pages.
 */
export const window = {
  id: 'window',
  label: '32 × skipped, 1024 at most',
  source: 'V6 6/6 of 30 July 2010 (flushforward), nr_writeback_pages(); history.md §0.13, §1.4',
  byScanned: true,
  afterDirtyBatch: false,
  replacesWaitersKick: false,
  afterPass: (seen, skipped, fileList, mayWritepage) =>
    fileList && seen > 0 && mayWritepage ? Math.min(MAX_WRITEBACK, skipped * WRITEBACK_FACTOR) : NO_KICK,
} as const satisfies FlusherKick;
