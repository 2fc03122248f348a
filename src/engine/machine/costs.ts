import { US } from '../../abi/units.ts';

/** CPU time per operation: the middle of model.md S3's ranges [A]. Contention and caches are not modelled. */
export const ISOLATE_NS = 0.1 * US;
export const SHRINK_PAGE_NS = 0.75 * US;
export const RMAP_NS = 0.5 * US;
export const ZERO_PAGE_NS = 1 * US;
export const COPY_PAGE_NS = 1 * US;
/** Whoever submits pays (design.md, Defaults). */
export const SUBMIT_BIO_NS = 3 * US;
/** A reclaim pass that scans nothing still takes time: no loop is free. */
export const EMPTY_PASS_NS = 1 * US;
/** A page touched through a pte that is there: TLB and cache, no kernel. */
export const TOUCH_NS = 0.1 * US;
