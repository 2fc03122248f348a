import { broken } from '../../abi/errors.ts';
import type { Ns, Pages, Pfn, Sector } from '../../abi/units.ts';
import { type Blocks, contiguousBlocks, createBlocks } from './blocks.ts';
import { createPageBits, type PageBits } from './page-bits.ts';
import { NONE } from './page-table.ts';

export const SPACE_FILE = 0;
export const SPACE_ANON = 1;

/** Where an inode is: on no list, or on one of the flusher's three (R5.11, I11). */
export const CLEAN = 0;
export const B_DIRTY = 1;
export const B_IO = 2;
export const B_MORE_IO = 3;

/** Space.memcg besides the numbers of groups (I_MEMCG_SHARED of Thelen's series). */
export const NO_MEMCG = -1;
export const MANY_MEMCGS = -2;

/**
 * An address space: a file with its inode, or the anonymous memory of one task.
 * `pageOf[index]` is the page's frame, NONE, or, for anon memory that is swapped out, swapEntry(slot).
 */
export interface Space {
  readonly id: number;
  readonly kind: number;
  readonly name: string;
  readonly sizePages: Pages;
  readonly sectorsPerPage: Sector;
  readonly pageOf: Int32Array;
  /** Content version on disk per page; 0 = never written: reads as zeroes without I/O. Empty for anon. */
  readonly diskVersion: Int32Array;
  readonly dirtyTag: PageBits;
  readonly writebackTag: PageBits;
  /** Which disk the extents are on. */
  readonly disk: number;
  readonly extents: readonly Extent[];
  /** Where its pages lie if the filesystem delays that; then the first extent is only the room. */
  readonly blocks: Blocks;
  nrPages: Pages;
  /** I_DIRTY_PAGES, I_SYNC. */
  dirtyPages: boolean;
  underSync: boolean;
  list: number;
  /** Whose list: row in Machine.wbs. */
  wb: number;
  /** i_memcg: whose tasks have dirtied it since it was clean last; NO_MEMCG, or MANY_MEMCGS. */
  memcg: number;
  dirtiedWhenNs: Ns;
  writebackIndex: Pages;
  /** Pages that lumpy reclaim threw out though they were in use (E13); empty until the first one. */
  thrownOut: PageBits;
  /** Pinned by igrab(): how many range writes hold the inode. */
  pinned: number;
}

/** A run of a file on the disk. */
export interface Extent {
  readonly firstIndex: Pages;
  readonly pages: Pages;
  readonly sector: Sector;
}

export interface SpaceSpec {
  readonly kind: number;
  readonly name: string;
  readonly sizePages: Pages;
  /** Absent: the first one. */
  readonly disk?: number;
  readonly extents: readonly Extent[];
  /** The file has content on disk (version 1); otherwise it is preallocated and never written. */
  readonly hasContent: boolean;
}

/** `room`: blocks the filesystem may choose from; 0: the file lies where its extents say. */
export function createSpace(id: number, spec: SpaceSpec, room: Pages, sectorsPerPage: Sector): Space {
  const isFile = spec.kind === SPACE_FILE;
  return {
    id,
    kind: spec.kind,
    name: spec.name,
    sizePages: spec.sizePages,
    sectorsPerPage,
    pageOf: new Int32Array(spec.sizePages).fill(NONE),
    diskVersion: new Int32Array(isFile ? spec.sizePages : 0).fill(spec.hasContent ? 1 : 0),
    dirtyTag: createPageBits(isFile ? spec.sizePages : 0),
    writebackTag: createPageBits(isFile ? spec.sizePages : 0),
    disk: spec.disk ?? 0,
    extents: spec.extents,
    blocks: createBlocks(spec.sizePages, isFile ? room : 0, spec.hasContent),
    nrPages: 0,
    dirtyPages: false,
    underSync: false,
    list: CLEAN,
    wb: spec.disk ?? 0,
    memcg: NO_MEMCG,
    dirtiedWhenNs: 0,
    writebackIndex: 0,
    thrownOut: createPageBits(0),
    pinned: 0,
  };
}

/** What pageOf holds for a page that is out on swap. */
export function swapEntry(slot: number): number {
  return -2 - slot;
}
export function slotOfEntry(entry: number): number {
  return -2 - entry;
}
export function isSwapEntry(entry: number): boolean {
  return entry < NONE;
}

/** First sector of a file's page. */
export function sectorOf(space: Space, index: Pages): Sector {
  if (space.blocks.room > 0) return space.extents[0]!.sector + blockAt(space, index) * space.sectorsPerPage;
  const extent = extentAt(space, index);
  return extent.sector + (index - extent.firstIndex) * space.sectorsPerPage;
}

/** How many pages from `index` on lie one after the other on the disk, as far as `most`. */
export function contiguousPages(space: Space, index: Pages, most: Pages): Pages {
  if (space.blocks.room > 0) return contiguousBlocks(space.blocks, index, most);
  const extent = extentAt(space, index);
  return Math.min(most, extent.firstIndex + extent.pages - index);
}

function blockAt(space: Space, index: Pages): Pages {
  const block = space.blocks.of[index]!;
  return block === NONE ? broken('# has no block for page #', space.name, index) : block;
}

function extentAt(space: Space, index: Pages): Extent {
  for (const extent of space.extents)
    if (index >= extent.firstIndex && index < extent.firstIndex + extent.pages) return extent;
  return broken('# has no block for page #', space.name, index);
}

/** The frame of a page that is in memory, or NONE. */
export function pageAt(space: Space, index: Pages): Pfn {
  const entry = space.pageOf[index]!;
  return entry < 0 ? NONE : entry;
}
