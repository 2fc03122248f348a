import type { Pfn } from '../../abi/units.ts';
import type { Outcome } from '../../abi/what-if.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { PageoutUnit, PageRange } from '../machine/policy/pageout-unit.ts';
import type { Task } from '../machine/task.ts';
import { KEEP_DIRTY, PAGEOUT, SET_ASIDE_LOCKED, SKIP, type Verdict } from '../reclaim/judge.ts';
import { mayWriteToQueue } from '../reclaim/pageout.ts';

/**
 * A dirty page of a file that reclaim would write, set aside to be written, or may not write; and that could be written: its
 * disk takes writes, nobody holds it.
 */
export function isDecision(k: Kernel, t: Task, pfn: Pfn, verdict: Verdict): boolean {
  const isOpen = verdict === PAGEOUT || verdict === SET_ASIDE_LOCKED || verdict === SKIP;
  if (!isOpen || k.pages.isSwapBacked(pfn)) return false;
  return k.call.hasWritepage(k) && k.pages.columns.pins[pfn] === 0 && mayWriteToQueue(k, t, pfn);
}

/**
 * Carries another outcome out at one decision. The verdict says most of it; the range is what the pageout unit answers, so
 * that is replaced for the one question. Answers the verdict, and the pages that will be handed over.
 */
export function overrule(
  k: Kernel,
  t: Task,
  pfn: Pfn,
  own: Verdict,
  outcome: Outcome,
): { readonly verdict: Verdict; readonly range?: PageRange } {
  if (outcome === 'keep') return { verdict: KEEP_DIRTY };
  const index = k.pages.columns.index[pfn]!;
  const range = outcome === 'page' ? { first: index, last: index } : spanOf(k, t, pfn);
  // Patch 5 has the rest of its batch locked: the range is written when the pass is over, as ever.
  if (outcome === 'range' && own === SET_ASIDE_LOCKED) return { verdict: SET_ASIDE_LOCKED, range };
  answerOnce(k, t, index, range);
  return { verdict: PAGEOUT, range };
}

/** Patch 5's range (P5.4): from the lowest to the highest dirty page of the file in the batch. */
function spanOf(k: Kernel, t: Task, pfn: Pfn): PageRange {
  const { space, index } = k.pages.columns;
  const mates = t.isolated
    .filter((mate) => space[mate] === space[pfn] && k.pages.isDirty(mate))
    .map((mate) => index[mate]!);
  return { first: Math.min(index[pfn]!, ...mates), last: Math.max(index[pfn]!, ...mates) };
}

/** isRangeAround() asks, and clean_page_list() once more if it is a range: then the kernel's own unit is back. */
function answerOnce(k: Kernel, t: Task, index: number, range: PageRange): void {
  const { policy } = k;
  const { mayWritepage } = t.sc;
  let questions = range.first === range.last ? 1 : 2;
  const pageoutUnit: PageoutUnit = {
    ...policy.pageoutUnit,
    range: (space, at, mates, maxPages) => {
      if (questions-- === 1) {
        k.policy = policy;
        t.sc.mayWritepage = mayWritepage;
      }
      return at === index ? range : policy.pageoutUnit.range(space, at, mates, maxPages);
    },
  };
  k.policy = { ...policy, pageoutUnit };
  t.sc.mayWritepage = true;
}
