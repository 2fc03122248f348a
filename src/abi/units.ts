/** Units as names. A value's unit is the last word of its name: `latencyNs`, `sizePages`. */

/** Virtual nanoseconds since boot: a double that holds a whole number (exact for 104 days). */
export type Ns = number;
/** Pages of 4 KiB. */
export type Pages = number;
/** Page frame number: the index of a physical page, from 0. */
export type Pfn = number;
/** Disk address in sectors of 512 bytes. */
export type Sector = number;
export type Bytes = number;

export const US = 1e3;
export const MS = 1e6;
export const S = 1e9;

/** Identical kernels have identical hashes at every multiple of this. */
export const TICK_NS = 10 * MS;

export const PAGE_BYTES = 4096;
export const SECTOR_BYTES = 512;
export const SECTORS_PER_PAGE = 8;
export const PAGES_PER_MIB = 256;
