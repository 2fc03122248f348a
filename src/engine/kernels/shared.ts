import type { KernelAnswers } from '../policies/registry.ts';

/** One historical kernel: a row of answers with its source. */
export interface KernelRow {
  readonly id: string;
  readonly title: string;
  /** One line under the name: how it cleans dirty pages. */
  readonly gist: string;
  readonly source: string;
  readonly answers: KernelAnswers;
  /** What "historical bugs" off means here, and what the model leaves out of this kernel. */
  readonly leftOut: readonly string[];
}

/** 2.6.35-rc2, the base of the series: other kernels say what they answer differently. */
export const BASE_ANSWERS: KernelAnswers = {
  pageoutUnit: 'page',
  rangeLock: 'drop',
  kswapdFile: 'yes',
  kswapdAnon: 'yes',
  directFile: 'yes',
  directAnon: 'yes',
  memcgFile: 'yes',
  memcgAnon: 'yes',
  skippedDirty: 'in-place',
  dirtyWait: 'nothing',
  flusherKick: 'by-scanned',
  lumpyStall: 'v2.6.35',
  isolation: 'batches',
  memcgCleaner: 'none',
  flusherLists: 'v2.6.35',
  flusherWork: 'v2.6.35',
  dirtyThrottling: 'v2.6.35',
  dirtyLimits: 'v2.6.35',
  fsReclaimGuard: 'memalloc',
  writebackAtTail: 'keep',
  reclaimNaps: 'v2.6.35',
  scanSplit: 'fraction',
  reclaimProgress: 'v2.6.35',
  kswapdGap: 'eightfold',
  writeBelowPriority: 10,
  directRounds: 10,
  writeAroundPages: 32,
};

export const LEFT_OUT_OF_ALL = [
  'high orders: lumpy reclaim, compaction, huge pages',
  'memory cgroups: memsw limits, thresholds and moving tasks between groups',
  'one zone, one node, one disk; slab is 0; per-cpu page lists and pagevecs act at once',
  'B1 off: soft limit reclaim asks for 32 pages a call, as 2.6.36 does, and not for none',
  'B2 off: the memcg list is rotated with the zone list when a write ends, as 2.6.39 does',
  'B3 off: b_more_io goes behind what is on b_io and a partial slice goes to b_more_io, as 2.6.36 does',
];
