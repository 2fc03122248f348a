import type { Answer } from './answer.ts';

/** What do filesystems that allocate late let reclaim do? They changed their minds from kernel to kernel (model.md §4.4, §9). */
export interface FsReclaimGuard extends Answer {
  /** XFS redirties a page in ->writepage for a caller with PF_MEMALLOC … */
  readonly xfsRefusesMemalloc: boolean;
  /** … unless it is kswapd. */
  readonly xfsWritesForKswapd: boolean;
  /** XFS and btrfs implement ->writepage at all. */
  readonly extentFsHaveWritepage: boolean;
}
