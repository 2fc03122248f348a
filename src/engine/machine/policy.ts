import type { Knob } from '../../abi/knob.ts';
import type { Pages, Pfn } from '../../abi/units.ts';

/**
 * Policy questions: what the kernels of this debate answer differently. A question is one interface here, an answer is
 * one file in policies/<question>/ and one registry line; the machinery asks, and never tests which answer it got.
 */
interface Answer {
  readonly id: string;
  readonly label: string;
  /** Mail, commit or source the answer is read from, with model.md rules. */
  readonly source: string;
  readonly knobs?: readonly Knob[];
}

/** What does reclaim hand the filesystem: one page in LRU order, or a range of the file? */
export interface PageoutUnit extends Answer {
  /** Dirty pages of the first pass stay locked on a private list and are cleaned together at its end (P5.1). */
  readonly batchesDirtyPages: boolean;
  /**
   * The range to write for the cursor page, given the other dirty pages of its file in the batch (P5.4). One page: the
   * single-page path.
   */
  range(cursorIndex: Pages, mates: readonly BatchMate[]): { readonly first: Pages; readonly last: Pages };
}
export interface BatchMate {
  readonly pfn: Pfn;
  readonly index: Pages;
}

/** May a reclaimer that is not kswapd write? */
export interface DirectWrites extends Answer {
  /** sc.may_writepage at the start of global direct reclaim (P6.1). */
  readonly mayWritepage: boolean;
  /** Crossing the 48-page threshold turns may_writepage on (R3.27) — dropped by patch 6. */
  readonly turnsMayWriteOn: boolean;
  /** A dirty page met by anybody but kswapd is unlocked and set aside before any other test of row 11 (P6.2). */
  readonly setsDirtyAside: boolean;
}

/** One answer per question. */
export interface Answers {
  pageoutUnit: string;
  directWrites: string;
}
export interface Policy {
  readonly pageoutUnit: PageoutUnit;
  readonly directWrites: DirectWrites;
}
