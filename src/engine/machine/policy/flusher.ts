import type { Answer } from './answer.ts';

/** How the flusher keeps its lists of inodes (R5.12, R5.16, R5.17). */
export interface FlusherLists extends Answer {
  /** B3 is in this kernel: reproduced with the historical bugs switched on, mended otherwise. */
  readonly hasB3: boolean;
  /** wb_start, after which a dirtied inode is too new, is taken once per work; else once per slice. */
  readonly startsOncePerWork: boolean;
}

/** What the flusher counts as work, and in what portions it does it (R5.13–R5.15). */
export interface FlusherWork extends Answer {
  /** The background threshold is a work item; else the flusher looks at it whenever it has nothing else to do. */
  readonly queuesBackground: boolean;
  /** writeback_in_progress() is a flusher that runs; else a list that is not empty (it is, while its last item runs). */
  readonly runningIsInProgress: boolean;
  /** Background and kupdate work end when other work is queued. */
  readonly yieldsToWork: boolean;
  /** A portion is what the disk writes in half a second, per inode; else 1024 pages over all inodes. */
  readonly chunksByBandwidth: boolean;
  /** wakeup_flusher_threads() asks for everything, once: a second call finds the first one pending (R3.28 otherwise). */
  readonly startsAll: boolean;
}
