import type { Answer } from './answer.ts';
import type { Writes } from './writes.ts';

/** Kamezawa's question: what cleans the dirty pages of a memory cgroup at its limit? Read at boot: its threads are made then. */
export interface MemcgCleaner extends Answer {
  /** What a task at its group's limit may write, where policy.memcg_file or policy.memcg_anon says `asked`. */
  writes(asked: Writes, anon: boolean): Writes;
  /** Each group has dirty limits of its own: memory.dirty_ratio and memory.dirty_background_ratio. */
  readonly limitsDirtyPages: boolean;
  /** Each group has a kswapd of its own between two watermarks below its limit. */
  readonly hasKswapd: boolean;
  /** Each group has a flusher of its own per disk, with the inodes that it dirtied first. */
  readonly hasFlusher: boolean;
  /** A dirtier is held by its group’s share of the dirty limits too, with those ratios of what the group may hold (§9.3). */
  readonly hasDomain: boolean;
  /** Buffered writes are queued by group in front of each disk. */
  readonly groupsRequests: boolean;
}
