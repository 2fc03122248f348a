import type { Pages } from '../../../abi/units.ts';
import type { Answer } from './answer.ts';

export interface Fraction {
  readonly anon: number;
  readonly file: number;
  readonly denominator: number;
}

/** How is a scan split between anonymous and file pages? */
export interface ScanSplit extends Answer {
  /** @param anon @param file their weights by swappiness and recent rotation (R3.18) */
  fraction(anon: number, file: number): Fraction;
}

/** How a whole do_try_to_free_pages() went that did not reach its target. */
export interface ScanOutcome {
  readonly freed: Pages;
  /** Global reclaim, not a memory cgroup's. */
  readonly isGlobal: boolean;
  /** Every zone is flagged all_unreclaimable. */
  readonly isFlagged: boolean;
  /** zone.pages_scanned is below six times the reclaimable pages. */
  readonly hasMoreToScan: boolean;
  /** The switch of the historical bugs (B7). */
  readonly historicalBugs: boolean;
}

/** What does reclaim below its target tell the allocator? 0 leads to the OOM killer. */
export interface ReclaimProgress extends Answer {
  of(outcome: ScanOutcome): Pages;
}

/** Above which mark does kswapd leave a zone alone that is not the one it was woken for? */
export interface KswapdGap extends Answer {
  mark(high: Pages, low: Pages, present: Pages): Pages;
}
