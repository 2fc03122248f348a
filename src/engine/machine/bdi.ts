import type { Pages } from '../../abi/units.ts';

/** What IO-less throttling knows of a disk's speed (§9.2). Rates in pages a second, stamps in jiffies. */
export interface DirtyRate {
  /** When the figures below were last brought up to date, and the counters of then. */
  stampJiffies: number;
  dirtiedStamp: Pages;
  writtenStamp: Pages;
  writeBandwidth: number;
  avgWriteBandwidth: number;
  /** What one dirtier may do, and what it would be if all were in balance. */
  dirtyRatelimit: number;
  balancedDirtyRatelimit: number;
}

/** What IO-less throttling keeps for all disks together (§9.2). */
export interface GlobalDirtyLimit {
  /** global_dirty_limit: follows the dirty limit down slowly. */
  pages: Pages;
  stampJiffies: number;
  /** ratelimit_pages, fixed at boot. */
  ratelimitPages: Pages;
}

/** INIT_BW: 100 MiB/s. */
const INIT_BANDWIDTH = 25600;

/** backing_dev_info of a disk. */
export interface Bdi {
  dirtyExceeded: boolean;
  /** blk_queue_congestion flags per request class. */
  readonly congested: [boolean, boolean];
  /** BDI_RECLAIMABLE and BDI_WRITEBACK: pages of its files that are dirty, and under writeback; swap is in neither (R4.7). */
  reclaimablePages: Pages;
  writebackPages: Pages;
  /** BDI_DIRTIED and BDI_WRITTEN: pages of its files dirtied and written so far. */
  dirtiedPages: Pages;
  writtenPages: Pages;
  /** Its floating proportion of completions (R5.9): its own events, as of which period. */
  completions: number;
  completionPeriod: number;
  readonly rate: DirtyRate;
}

export function createBdi(): Bdi {
  return {
    dirtyExceeded: false,
    congested: [false, false],
    reclaimablePages: 0,
    writebackPages: 0,
    dirtiedPages: 0,
    writtenPages: 0,
    completions: 0,
    completionPeriod: 0,
    rate: {
      stampJiffies: 0,
      dirtiedStamp: 0,
      writtenStamp: 0,
      writeBandwidth: INIT_BANDWIDTH,
      avgWriteBandwidth: INIT_BANDWIDTH,
      dirtyRatelimit: INIT_BANDWIDTH,
      balancedDirtyRatelimit: INIT_BANDWIDTH,
    },
  };
}
