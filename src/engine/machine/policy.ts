import type { BlockReclaim, FreedBlock } from './policy/blocks.ts';
import type { DirtyWait } from './policy/dirty-wait.ts';
import type { DirtyLimits, DirtyThrottling } from './policy/dirtying.ts';
import type { FlusherLists, FlusherWork } from './policy/flusher.ts';
import type { FlusherKick } from './policy/flusher-kick.ts';
import type { FsReclaimGuard } from './policy/fs-reclaim-guard.ts';
import type { Isolation, LumpyStall } from './policy/lumpy.ts';
import type { MemcgCleaner } from './policy/memcg-cleaner.ts';
import type { PageoutUnit, RangeLock } from './policy/pageout-unit.ts';
import type { ReclaimNaps } from './policy/reclaim-naps.ts';
import type { ReferencedDirty } from './policy/referenced-dirty.ts';
import type { KswapdGap, ReclaimProgress, ScanSplit } from './policy/scanning.ts';
import type { SkippedDirty } from './policy/skipped-dirty.ts';
import type { SoftLimit } from './policy/soft-limit.ts';
import type { WritebackAtTail } from './policy/writeback-at-tail.ts';
import type { Writes } from './policy/writes.ts';

/**
 * Policy questions: what the kernels of this debate answer differently. A question is one interface in machine/policy/, an
 * answer is one file in policies/<question>/ and its place in the registry's row, and a number that answers read is one row of
 * NUMBERS there. The machinery asks, and never tests which answer it got.
 */
export interface Policy {
  readonly pageoutUnit: PageoutUnit;
  readonly rangeLock: RangeLock;
  readonly kswapdFile: Writes;
  readonly kswapdAnon: Writes;
  readonly directFile: Writes;
  readonly directAnon: Writes;
  readonly memcgFile: Writes;
  readonly memcgAnon: Writes;
  readonly skippedDirty: SkippedDirty;
  readonly lumpyStall: LumpyStall;
  readonly isolation: Isolation;
  readonly dirtyWait: DirtyWait;
  readonly flusherKick: FlusherKick;
  readonly memcgCleaner: MemcgCleaner;
  readonly flusherLists: FlusherLists;
  readonly flusherWork: FlusherWork;
  readonly dirtyThrottling: DirtyThrottling;
  readonly dirtyLimits: DirtyLimits;
  readonly fsReclaimGuard: FsReclaimGuard;
  readonly writebackAtTail: WritebackAtTail;
  readonly referencedDirty: ReferencedDirty;
  readonly softLimit: SoftLimit;
  readonly reclaimNaps: ReclaimNaps;
  readonly scanSplit: ScanSplit;
  readonly blockReclaim: BlockReclaim;
  readonly freedBlock: FreedBlock;
  readonly reclaimProgress: ReclaimProgress;
  readonly kswapdGap: KswapdGap;
  readonly writeBelowPriority: number;
  readonly directRounds: number;
  readonly writeAroundPages: number;
}

/** What is in force, as plain data in the machine's record: the id of an answer per question, and the numbers. */
export type Answers = { [Name in keyof Policy]: Policy[Name] extends number ? number : string };

export type NumberName = { [Name in keyof Policy]: Policy[Name] extends number ? Name : never }[keyof Policy];
export type QuestionName = Exclude<keyof Policy, NumberName>;
