import type { Ns, Pages } from '../../abi/units.ts';
import type { Kernel } from './kernel.ts';
import type { Space } from './space.ts';

/** A work item for the flusher (R5.13). */
export interface WbWork {
  kind: number;
  nrPages: Pages;
}
export const WORK_BACKGROUND = 0;
export const WORK_PAGES = 1;
export const WORK_KUPDATE = 2;
/** All there is, asked for by wakeup_flusher_threads() of 6.1. */
export const WORK_ALL = 3;

/** struct bdi_writeback: a flusher's works and its inode lists, which hold space ids, newest first (R5.11). */
export interface Wb {
  readonly id: number;
  /** Whose pages it writes. */
  readonly disk: number;
  bDirty: number[];
  bIo: number[];
  bMoreIo: number[];
  works: WbWork[];
  /** BDI_writeback_running. */
  running: boolean;
  /** WB_start_all: somebody asked for everything. */
  startAll: boolean;
  lastOldFlushNs: Ns;
}

export function createWb(id: number, disk: number): Wb {
  return { id, disk, bDirty: [], bIo: [], bMoreIo: [], works: [], running: false, startAll: false, lastOldFlushNs: 0 };
}

/** inode_to_wb(): whose lists the inode is on. */
export function wbOf(k: Kernel, space: Space): Wb {
  return k.m.wbs[space.wb]!;
}
