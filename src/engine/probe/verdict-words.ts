import { ACTORS } from '../../abi/actor.ts';
import type { Pfn } from '../../abi/units.ts';
import { GFP_FS, GFP_IO } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { LOCKED_BY_IO, NO_SPACE } from '../machine/page-table.ts';
import { actorOf, type Task } from '../machine/task.ts';
import {
  ACTIVATE_PAGE,
  AWAIT_WRITEBACK,
  CULL,
  checkReferences,
  FREE,
  KEEP,
  KEEP_BUSY,
  KEEP_DIRTY,
  PAGEOUT,
  REF_ACTIVATE,
  REF_KEEP,
  REF_RECLAIM_CLEAN,
  SET_ASIDE_LOCKED,
  SKIP,
  type Verdict,
} from '../reclaim/judge.ts';
import { mayWriteToQueue } from '../reclaim/pageout.ts';

/** What judging a page looks at and may change: taken before it. */
export interface Evidence {
  readonly lockedBy: number;
  readonly isLocked: boolean;
  readonly isUnderWriteback: boolean;
  readonly wasTagged: boolean;
  readonly isInSwapCache: boolean;
  readonly hasOwner: boolean;
  readonly references: number;
}

export function evidenceOf(k: Kernel, t: Task, pfn: Pfn): Evidence {
  const { pages } = k;
  const { sc } = t;
  const ignores = sc.order > 0 && k.policy.blockReclaim.ignoresReferences(sc.order, sc.lumpyReclaimMode);
  const young = pages.isYoung(pfn) && !(sc.memcg !== 0 && pages.isForeign(pfn)); // referenced.ts
  return {
    lockedBy: pages.columns.lockedBy[pfn]!,
    isLocked: pages.isLocked(pfn),
    isUnderWriteback: pages.isUnderWriteback(pfn),
    wasTagged: pages.isReclaim(pfn),
    isInSwapCache: pages.isInSwapCache(pfn),
    hasOwner: pages.columns.space[pfn] !== NO_SPACE,
    references: checkReferences(young, pages.isReferenced(pfn), pages.isAnon(pfn), ignores),
  };
}

export interface Words {
  readonly fn: string;
  readonly rule: string;
  readonly says: string;
}

/** Rows of the table of shrink_page_list() in the reference model. */
const row = (number: number): string => `§3.6 row ${number}`;

/** The verdict in a kernel person's words: which line of shrink_page_list() decided. */
export function verdictWords(k: Kernel, t: Task, pfn: Pfn, seen: Evidence, verdict: Verdict): Words {
  const said = (rule: string, says: string, fn = 'shrink_page_list()'): Words => ({ fn, rule, says });
  switch (verdict) {
    case KEEP_BUSY:
      return said(row(1), `kept: PG_locked${holderOf(k, seen)}`);
    case CULL:
      return said(row(3), 'unevictable');
    case AWAIT_WRITEBACK:
      return said(row(7), 'waits for its write to end');
    case KEEP:
    case ACTIVATE_PAGE:
      return keptWords(k, t, pfn, seen, verdict === KEEP ? 'kept' : 'activated');
    case FREE:
      return said(row(14), 'clean and not referenced: freed');
    case KEEP_DIRTY:
      return said(row(11), `kept: ${whyNotWritten(t, seen)}`);
    case SET_ASIDE_LOCKED:
      return said('P5.1', 'dirty: set aside, locked, for clean_page_list()');
    case SKIP:
      return said('P6.2', `skipped: dirty, and ${ACTORS[actorOf(t)]} reclaim may not write it`);
    case PAGEOUT:
      return pageoutWords(k, t, pfn);
    default:
      return said('', `verdict ${verdict}`);
  }
}

function holderOf(k: Kernel, { lockedBy }: Evidence): string {
  if (lockedBy === LOCKED_BY_IO) return ', a read of it is in flight';
  return lockedBy >= 0 ? ` by ${k.task(lockedBy).name}` : '';
}

function keptWords(k: Kernel, t: Task, pfn: Pfn, seen: Evidence, done: 'kept' | 'activated'): Words {
  const fn = 'shrink_page_list()';
  if (seen.isUnderWriteback) return { fn, rule: row(7), says: `${done}: under writeback` };
  const { references } = seen;
  if (references === REF_ACTIVATE || references === REF_KEEP) {
    const again = references === REF_KEEP ? 'its pte is young, for the first time' : 'its pte is young';
    return { fn: 'page_check_references()', rule: 'R3.8', says: `${done}: referenced, ${again}` };
  }
  if (k.pages.isAnon(pfn) && !seen.isInSwapCache) {
    const says = (t.sc.gfp & GFP_IO) === 0 ? `${done}: anonymous, and !__GFP_IO` : `${done}: no swap slot is free`;
    return { fn, rule: row(9), says };
  }
  return { fn, rule: row(8), says: done };
}

function whyNotWritten({ sc }: Task, { references, isInSwapCache }: Evidence): string {
  if (references === REF_RECLAIM_CLEAN) return 'referenced, RECLAIM_CLEAN';
  const mayEnterFs = (sc.gfp & GFP_FS) !== 0 || (isInSwapCache && (sc.gfp & GFP_IO) !== 0);
  return mayEnterFs ? '!may_writepage' : '!may_enter_fs';
}

function pageoutWords(k: Kernel, t: Task, pfn: Pfn): Words {
  const fn = 'pageout()';
  const rule = 'R4.1';
  const { pages } = k;
  if (pages.columns.pins[pfn] !== 0) return { fn, rule, says: 'kept: somebody holds a reference' };
  if (!pages.isSwapBacked(pfn) && !k.call.hasWritepage(k)) return { fn, rule, says: 'activated: no ->writepage' };
  if (!mayWriteToQueue(k, t, pfn)) return { fn, rule, says: 'kept: the queue of its disk is congested' };
  return { fn, rule, says: '' }; // what it leads to says the rest
}
