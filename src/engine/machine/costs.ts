import { type Bytes, type Ns, PAGE_BYTES, US } from '../../abi/units.ts';

/** CPU time per operation: the middle of model.md S3's ranges [A]. Contention and caches are not modelled. */
export const ISOLATE_NS = 0.1 * US;
export const SHRINK_PAGE_NS = 0.75 * US;
export const RMAP_NS = 0.5 * US;
export const ZERO_PAGE_NS = 1 * US;
export const COPY_PAGE_NS = 1 * US;

/** S3's figures are for 4 KiB: a larger page costs as many times as much. */
export function zeroPageNs(pageBytes: Bytes): Ns {
  return (ZERO_PAGE_NS * pageBytes) / PAGE_BYTES;
}
/** Copying part of a page costs as a 4 KiB page, at least. */
export function copyNs(bytes: Bytes): Ns {
  return bytes <= PAGE_BYTES ? COPY_PAGE_NS : Math.round((COPY_PAGE_NS * bytes) / PAGE_BYTES);
}

/** Whoever submits pays (design.md, Defaults). */
export const SUBMIT_BIO_NS = 3 * US;
/** Putting a page on the dirty list or taking it off, with the list's counter: as an isolation, which does as much [A]. */
export const DIRTY_LIST_NS = 0.1 * US;
/** A reclaim pass that scans nothing still takes time: no loop is free. */
export const EMPTY_PASS_NS = 1 * US;
/** A page touched through a pte that is there: TLB and cache, no kernel. */
export const TOUCH_NS = 0.1 * US;
