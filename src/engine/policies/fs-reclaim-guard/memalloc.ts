import type { FsReclaimGuard } from '../../machine/policy/fs-reclaim-guard.ts';

/** Neither direct reclaim nor kswapd; a memcg at its limit has no PF_MEMALLOC and is served. */
export const memalloc = {
  id: 'memalloc',
  label: 'XFS refuses reclaim',
  source: 'v2.6.35-rc2 fs/xfs/linux-2.6/xfs_aops.c xfs_vm_writepage(); model.md §0.3-7, §4.4',
  xfsRefusesMemalloc: true,
  xfsWritesForKswapd: false,
  extentFsHaveWritepage: true,
} as const satisfies FsReclaimGuard;
