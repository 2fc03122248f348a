import type { Answer } from './answer.ts';

/** How does reclaim go about blocks of several frames? */
export interface BlockReclaim extends Answer {
  /** The kernel has compaction, if the machine is built with it (R2.8). */
  readonly hasCompaction: boolean;
  /** Lumpy: whatever lies in the aligned block is taken (R3.14). @param compacts the machine is built with compaction */
  isLumpy(order: number, priority: number, compacts: boolean): boolean;
  /** References of the pages in the block are consumed and ignored (R3.8). */
  ignoresReferences(order: number, isLumpy: boolean): boolean;
  /** Isolation looks at the block around every page it takes, lumpy or not (R3.13). */
  readonly walksBlocks: boolean;
}

/** Where does the allocator put a freed block on its list? */
export interface FreedBlock extends Answer {
  /** At the tail when the next larger buddy is free: it is likely to merge soon (R2.3). */
  readonly waitsToMerge: boolean;
}
