import type { Bytes, Ns, Pages, Sector } from '../../abi/units.ts';
import type { MemcgSpec } from './memcg.ts';

/** What a machine is built from; read at boot only. */
export interface MachineConfig {
  readonly pageBytes: Bytes;
  /** MAX_ORDER of the buddy allocator. */
  readonly maxOrder: number;
  readonly totalPages: Pages;
  /** Frames the kernel itself keeps: never on a list. */
  readonly reservedPages: Pages;
  /** Kernel objects scattered over memory: never on a list either, and in the way of large blocks. */
  readonly unmovablePages: Pages;
  /** Pages of one migrate type are kept together in blocks of 2^pageblockOrder; also the order of a huge page. */
  readonly pageblockOrder: number;
  readonly swapPages: Pages;
  readonly hz: number;
  readonly ncpu: number;
  readonly threadSizeBytes: Bytes;
  /** struct thread_info, at the bottom of the stack. */
  readonly threadInfoBytes: Bytes;
  readonly stopsOnStackOverflow: boolean;
  /** Disks, each with so many sectors. */
  readonly disks: number;
  readonly diskSectors: Sector;
  /** On which of them the swap area lies. */
  readonly swapDisk: number;
  /**
   * Blocks of a file's room per page, where the filesystem puts a page when it first writes it (delayed allocation); 0: files
   * lie where they were laid out.
   */
  readonly roomPerPage: number;
  /** The disks start with their full share of the dirty limit, as after long use (R5.9, model.md S10). */
  readonly bdiWarm: boolean;
  /** CONFIG_COMPACTION: costly orders move pages together before they reclaim (R2.8). */
  readonly compaction: boolean;
  readonly memcgs: readonly MemcgSpec[];
  /** Each group has a flusher, and a queue of writes, of its own. */
  readonly memcgFlushers: boolean;
}

/** What can be turned while the machine runs. Times in ns, ratios in per cent, sizes in pages. */
export interface Sysctl {
  dirtyRatio: number;
  dirtyBackgroundRatio: number;
  dirtyWritebackIntervalNs: Ns;
  dirtyExpireIntervalNs: Ns;
  swappiness: number;
  laptopMode: boolean;
  /** Files of the memory cgroups, the same for all of them (knobs/memcg.ts). */
  memcgDirtyRatio: number;
  memcgDirtyBackgroundRatio: number;
  memcgLowWmarkDistance: Pages;
  memcgHighWmarkDistance: Pages;
  /** blkio.weight of the first group. */
  memcgIoWeight: number;
  /** The historical bugs B1 to B7 are reproduced (model.md §11.3). */
  historicalBugs: boolean;
  /** Id of the elevator of all disks. */
  scheduler: string;
  /** Requests that a drive which overlaps them is given at once (R7.18). */
  ncqDepth: number;
  /** The drive's read-ahead segment (R7.15). */
  trackBuffer: boolean;
  /** The drive's memory for writes (R7.16); 0: off. */
  writeCacheSectors: Sector;
}

/** Kernel timeouts are whole jiffies. */
export function jiffiesToNs(jiffies: number, hz: number): Ns {
  return Math.floor((jiffies * 1e9) / hz);
}
