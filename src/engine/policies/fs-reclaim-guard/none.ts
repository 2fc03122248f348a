import type { FsReclaimGuard } from '../../machine/policy/fs-reclaim-guard.ts';

/** XFS allocates and writes for whoever calls: the stacks that started the debate. */
export const none = {
  id: 'none',
  label: 'XFS writes for all',
  source: 'v2.6.34 fs/xfs/linux-2.6/xfs_aops.c; model.md §0.3-7, §4.4',
  xfsRefusesMemalloc: false,
  xfsWritesForKswapd: true,
  extentFsHaveWritepage: true,
} as const satisfies FsReclaimGuard;
