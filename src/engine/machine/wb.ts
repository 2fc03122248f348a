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
  /** Whose pages it writes, and the group that dirtied the inodes; 0: no group, or any where groups have no flushers. */
  readonly disk: number;
  readonly memcg: number;
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

export function createWb(id: number, disk: number, memcg: number): Wb {
  return {
    id,
    disk,
    memcg,
    bDirty: [],
    bIo: [],
    bMoreIo: [],
    works: [],
    running: false,
    startAll: false,
    lastOldFlushNs: 0,
  };
}

/** One per disk, or, where groups have flushers, one per disk and group: the rows of a group follow those of the one before. */
export function createWbs(disks: number, memcgs: number): Wb[] {
  return Array.from({ length: disks * memcgs }, (_, id) => createWb(id, id % disks, Math.floor(id / disks)));
}

/** inode_attach_wb(): a clean inode goes to the flusher of the group that dirties it. */
export function attachWb(k: Kernel, space: Space, memcg: number): void {
  space.wb = memcg * k.m.bdis.length + space.disk;
}

/** inode_to_wb(): whose lists the inode is on. */
export function wbOf(k: Kernel, space: Space): Wb {
  return k.m.wbs[space.wb]!;
}
