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
  referencedDirty: 'all',
  softLimit: 'v2.6.35',
  reclaimNaps: 'v2.6.35',
  scanSplit: 'fraction',
  blockReclaim: 'v2.6.35',
  freedBlock: 'tail',
  reclaimProgress: 'v2.6.35',
  kswapdGap: 'eightfold',
  writeBelowPriority: 10,
  directRounds: 10,
  writeAroundPages: 32,
};

/** Of every kernel, early or late. */
export const LEFT_OUT_EVER = [
  'high orders: transparent huge pages, memory hotplug (the ISOLATE type); kernel objects stay as placed at boot',
  'memory cgroups: memsw limits, thresholds and moving tasks between groups',
  'one zone, one node; slab is 0; per-cpu page lists and pagevecs act at once',
  'CPU: a task has one to itself; what a page, a fault or a request costs in CPU time is assumed',
];

/** Of the kernels of 2010. */
export const LEFT_OUT_OF_ALL = [
  ...LEFT_OUT_EVER,
  'B1 off: soft limit reclaim asks for 32 pages a call, as 2.6.36 does, and not for none',
  'B2 off: the memcg list is rotated with the zone list when a write ends, as 2.6.39 does',
  'B3 off: b_more_io goes behind what is on b_io and a partial slice goes to b_more_io, as 2.6.36 does',
  'B6 off: NR_VMSCAN_WRITE counts the pages that reclaim has written, range writes too, and not attempts; the rows of the series’ script stay as they are',
];

/** Of the kernels from 2.6.37 on. */
export const LEFT_OUT_OF_LATER = [
  ...LEFT_OUT_EVER,
  'per-task plugging: the queue is plugged as in 2.6.35',
  'stable pages: a task that dirties a page under writeback does not wait for it',
];

/** Of the kernels with IO-less dirty throttling. */
export const LEFT_OUT_OF_IO_LESS = [
  'IO-less throttling: bdi min_ratio and max_ratio, strictlimit; a task’s dirty pages left behind when it ends; tasks share no CPU',
  'the flusher looks for newly dirty inodes whenever it has worked off its list, also where 3.2 takes only those dirty when the work began',
];
