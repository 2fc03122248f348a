import type { Doer, PageName } from './page-life.ts';
import type { Ns } from './units.ts';

/** Where the two machines of a scenario first do something different. */
export interface Divergence {
  /** Absent: they did the same until `untilNs`. */
  readonly at?: Parting;
  /** Parts of the two that were not alike at boot: nothing can be told apart then. */
  readonly unlike: readonly string[];
  readonly untilNs: Ns;
}

export interface Parting {
  readonly atNs: Ns;
  /** Events that both had done alike. */
  readonly eventsDone: number;
  readonly A: PartingSide;
  readonly B: PartingSide;
  /** The page that they treat differently. */
  readonly page?: PageName & { readonly file: string };
  /** Counters that differ right after it. */
  readonly counters: readonly { readonly name: string; readonly a: number; readonly b: number }[];
}

export interface PartingSide {
  readonly by: Doer;
  readonly fn: string;
  /** The named step it stood in. */
  readonly step: string;
  /** What it did, in words. */
  readonly did: string;
  readonly rule: string;
  /** Functions on the stack, innermost first. */
  readonly stack: readonly string[];
  /** Trace events of this very event, as ftrace prints them. */
  readonly trace: readonly string[];
}
