import { ACTOR } from '../../../abi/actor.ts';
import type { Policy } from '../policy.ts';
import type { Answer } from './answer.ts';

/**
 * May one kind of reclaimer write one kind of page? Asked for every dirty page before the other tests of row 11 (model.md
 * §3.6): a page that may not be written is skipped.
 */
export interface Writes extends Answer {
  /** Whether it may write at all: what sc.may_writepage starts from (P6.1). */
  readonly ever: boolean;
  /**
   * May this page be written now? @param seenBefore the page has made a lap dirty already, or carries the tag of one
   * @param belowPriority the knob policy.write_below_priority
   * @param tailIsDirty kswapd's last pass met nothing but dirty pages that nobody had queued (PGDAT_DIRTY)
   */
  now(priority: number, seenBefore: boolean, belowPriority: number, tailIsDirty: boolean): boolean;
}

/** The answer for an actor (kswapd, direct or memcg) and a type of page. */
export function writesOf(policy: Policy, actor: number, anon: boolean): Writes {
  if (actor === ACTOR.KSWAPD) return anon ? policy.kswapdAnon : policy.kswapdFile;
  if (actor === ACTOR.MEMCG) return policy.memcgCleaner.writes(anon ? policy.memcgAnon : policy.memcgFile, anon);
  return anon ? policy.directAnon : policy.directFile;
}

/**
 * sc.may_writepage of global direct reclaim and of soft-limit reclaim: 0 where direct reclaim writes nothing at all. It also
 * says whether crossing the 48 pages turns may_writepage on (R3.27, P6.1).
 */
export function directMayWritepage(policy: Policy): boolean {
  return policy.directFile.ever || policy.directAnon.ever;
}
