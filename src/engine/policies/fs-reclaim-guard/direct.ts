import type { FsReclaimGuard } from '../../machine/policy/fs-reclaim-guard.ts';

/** Direct reclaim is refused, kswapd writes again. */
export const direct = {
  id: 'direct',
  label: 'XFS writes for kswapd only',
  source: '2.6.36 fs/xfs/linux-2.6/xfs_aops.c; model.md §9.1',
  xfsRefusesMemalloc: true,
  xfsWritesForKswapd: true,
  extentFsHaveWritepage: true,
} as const satisfies FsReclaimGuard;
