import type { FsReclaimGuard } from '../../machine/policy/fs-reclaim-guard.ts';

/** Reclaim activates the dirty pages of these filesystems. */
export const noWritepage = {
  id: 'no-writepage',
  label: 'XFS, btrfs without ->writepage',
  source: '6.1.20 fs/xfs/xfs_aops.c, fs/btrfs/inode.c; model.md §9.4',
  xfsRefusesMemalloc: true,
  xfsWritesForKswapd: true,
  extentFsHaveWritepage: false,
} as const satisfies FsReclaimGuard;
