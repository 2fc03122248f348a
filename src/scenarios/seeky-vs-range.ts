import type { Scenario } from '../abi/scenario.ts';

/** The case the series is about: dirty pages dense in the file and scattered on the LRU. */
export const seekyVsRange: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'seeky-vs-range',
  title: 'Seeky pages against ranges',
  watch:
    'Both machines clean the same dirty pages: A writes them one by one as they fall off the LRU, B writes the whole stretch of the file around them. Watch the disk.',
  note: 'Background writeback is held back here (dirty_ratio 100, no periodic flush), so that reclaim has to clean what it wants to free.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  openAtS: 14,
  workload: 'dense-windows',
  knobs: {
    'vm.dirty_ratio': 100,
    'vm.dirty_background_ratio': 99,
    'vm.dirty_writeback_centisecs': 0,
    // From a sweep over twelve seeds (reclaim's share of A's written pages; requests per page in A over those with patch 5):
    //   window 4 MiB, 1600 reads/s: 21–78 %, 10–13   2000 reads/s: 39–95 %, 3–4   1200 reads/s: 10–27 %
    //   window 3 MiB, 1600 reads/s: 24–67 %          1800 reads/s: 46–84 %, 9–12  2000 reads/s: 32–78 %, 9–11
    // Three windows with the reads between their stores stay below the LRU's length (12.7 of 15.5 thousand pages).
    'workload.window_mib': 3,
    'workload.reads_per_s': 1800,
  },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
