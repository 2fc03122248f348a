import type { Ns, Pages } from '../../abi/units.ts';

/** A work item for the flusher (R5.13). */
export interface WbWork {
  kind: number;
  nrPages: Pages;
}
export const WORK_BACKGROUND = 0;
export const WORK_PAGES = 1;
export const WORK_KUPDATE = 2;

/** backing_dev_info of the one disk, with its flusher's lists. Inode lists hold space ids, newest first (R5.11). */
export interface Bdi {
  dirtyExceeded: boolean;
  /** blk_queue_congestion flags per request class. */
  readonly congested: [boolean, boolean];
  bDirty: number[];
  bIo: number[];
  bMoreIo: number[];
  works: WbWork[];
  lastOldFlushNs: Ns;
  /** Floating proportion of completions (R5.9): this bdi's events, and the global count they are measured by. */
  completions: number;
  completionPeriod: number;
  globalCompletions: number;
  /** vm_dirties: the global count of dirtyings that tasks' shares are measured by. */
  globalDirties: number;
  /** log2 of the period's length plus one. */
  propShift: number;
}

export function createBdi(): Bdi {
  return {
    dirtyExceeded: false,
    congested: [false, false],
    bDirty: [],
    bIo: [],
    bMoreIo: [],
    works: [],
    lastOldFlushNs: 0,
    completions: 0,
    completionPeriod: 0,
    globalCompletions: 0,
    globalDirties: 0,
    propShift: 0,
  };
}
