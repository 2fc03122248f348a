import type { MachineConfig, Sysctl } from './config.ts';

// What the small machines of tests have in common: each says only what it is about.

export const PLAIN_CONFIG: MachineConfig = {
  pageBytes: 4096,
  maxOrder: 11,
  totalPages: 16384,
  reservedPages: 0,
  unmovablePages: 0,
  pageblockOrder: 9,
  swapPages: 0,
  hz: 1000,
  ncpu: 1,
  threadSizeBytes: 8192,
  threadInfoBytes: 104,
  stopsOnStackOverflow: false,
  disks: 1,
  diskSectors: 1e9,
  roomPerPage: 0,
  swapDisk: 0,
  bdiWarm: false,
  compaction: false,
  memcgs: [],
  memcgFlushers: false,
};

export const PLAIN_SYSCTL: Sysctl = {
  dirtyRatio: 20,
  dirtyBackgroundRatio: 10,
  dirtyWritebackIntervalNs: 5e9,
  dirtyExpireIntervalNs: 30e9,
  swappiness: 60,
  laptopMode: false,
  memcgDirtyRatio: 20,
  memcgDirtyBackgroundRatio: 10,
  memcgLowWmarkDistance: 0,
  memcgHighWmarkDistance: 0,
  memcgIoWeight: 500,
  historicalBugs: false,
  scheduler: 'noop',
  ncqDepth: 1,
  trackBuffer: false,
  writeCacheSectors: 0,
};
