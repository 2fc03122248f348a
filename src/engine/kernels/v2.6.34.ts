import { BASE_ANSWERS, type KernelRow, LEFT_OUT_EVER } from './shared.ts';

export const v2634: KernelRow = {
  id: 'v2.6.34',
  title: '2.6.34',
  gist: 'as 2.6.35, without compaction; XFS writes for all',
  source: 'tag v2.6.34, mm/vmscan.c, mm/page_alloc.c, fs/xfs; model.md §0.3',
  answers: {
    ...BASE_ANSWERS,
    fsReclaimGuard: 'none',
    scanSplit: 'percent',
    blockReclaim: 'v2.6.34',
    freedBlock: 'head',
    reclaimProgress: 'v2.6.34',
  },
  leftOut: [
    ...LEFT_OUT_EVER,
    'tmpfs, whose pages would start on the active anon list',
    'B1, B2, B3 off: as in 2.6.35',
    'B7 off: reclaim that frees nothing at the last priority tells the allocator of one page while a zone is not flagged, as 2.6.35 does; on: it leads to the OOM killer',
  ],
};
