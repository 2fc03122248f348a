import type { Doer, LifeEvent, PageName } from './page-life.ts';
import type { Ns, Pages, Sector } from './units.ts';

/** What can become of a dirty page at the tail: another lap, ->writepage, or ->writepages over a range around it. */
export const OUTCOMES = ['keep', 'page', 'range'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A dirty page of a file stands before row 11 of shrink_page_list(). */
export interface Decision {
  readonly atNs: Ns;
  /** Which decision of the run it is, from 1: what names it. */
  readonly nth: number;
  readonly by: Doer;
  readonly page: PageName & { readonly file: string };
  /** What the kernel does, in words. */
  readonly says: string;
}

/** The run with one decision taken otherwise, and what came of it. */
export interface WhatIf {
  readonly outcome: Outcome;
  /** Name of the state right before the decision: the same whatever is decided. */
  readonly hashBefore: string;
  /** And of the one at the end: the run's own, where the outcome is what its kernel does anyway. */
  readonly hashAfter: string;
  readonly fromNs: Ns;
  readonly untilNs: Ns;
  /** Pages that were handed over. */
  readonly range?: { readonly first: Pages; readonly last: Pages };
  /** Since the decision. */
  readonly sums: WhatIfSums;
  /** What happened to the page since. */
  readonly events: readonly LifeEvent[];
  /** Requests that the disks finished since: for the picture. */
  readonly requests: WhatIfRequests;
  readonly totalSectors: Sector;
}

export interface WhatIfSums {
  readonly requests: number;
  readonly pagesWritten: Pages;
  /** Jumps of more than 128 sectors. */
  readonly seeks: number;
  readonly stallMs: number;
  readonly directReclaims: number;
}

export interface WhatIfRequests {
  readonly endNs: Float64Array;
  readonly sector: Float64Array;
  readonly sectors: Float64Array;
  /** 1: a write. */
  readonly write: Uint8Array;
}
