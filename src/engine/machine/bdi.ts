import type { Pages } from '../../abi/units.ts';

/** What IO-less throttling knows of the disk's speed (§9.2). Rates in pages a second, stamps in jiffies. */
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
  /** global_dirty_limit: follows the dirty limit down slowly. */
  dirtyLimit: Pages;
  limitStampJiffies: number;
  /** ratelimit_pages, fixed at boot. */
  ratelimitPages: Pages;
}

/** INIT_BW: 100 MiB/s. */
const INIT_BANDWIDTH = 25600;

/** backing_dev_info of the one disk. */
export interface Bdi {
  dirtyExceeded: boolean;
  /** blk_queue_congestion flags per request class. */
  readonly congested: [boolean, boolean];
  /** Floating proportion of completions (R5.9): this bdi's events, and the global count they are measured by. */
  completions: number;
  completionPeriod: number;
  globalCompletions: number;
  /** vm_dirties: the global count of dirtyings that tasks' shares are measured by. */
  globalDirties: number;
  /** log2 of the period's length plus one. */
  propShift: number;
  readonly rate: DirtyRate;
}

export function createBdi(): Bdi {
  return {
    dirtyExceeded: false,
    congested: [false, false],
    completions: 0,
    completionPeriod: 0,
    globalCompletions: 0,
    globalDirties: 0,
    propShift: 0,
    rate: {
      stampJiffies: 0,
      dirtiedStamp: 0,
      writtenStamp: 0,
      writeBandwidth: INIT_BANDWIDTH,
      avgWriteBandwidth: INIT_BANDWIDTH,
      dirtyRatelimit: INIT_BANDWIDTH,
      balancedDirtyRatelimit: INIT_BANDWIDTH,
      dirtyLimit: 0,
      limitStampJiffies: 0,
      ratelimitPages: 0,
    },
  };
}
