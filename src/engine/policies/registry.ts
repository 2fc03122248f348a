import type { Knob } from '../../abi/knob.ts';
import type { Answer } from '../machine/policy/answer.ts';
import type { Answers, NumberName, Policy, QuestionName } from '../machine/policy.ts';
import { none as noBlocks } from './block-reclaim/none.ts';
import { v2634 as blocks2634 } from './block-reclaim/v2.6.34.ts';
import { v2635 as blocks2635 } from './block-reclaim/v2.6.35.ts';
import { v2638 as blocks2638 } from './block-reclaim/v2.6.38.ts';
import { v2635 as limits2635 } from './dirty-limits/v2.6.35.ts';
import { v2637 as limits2637 } from './dirty-limits/v2.6.37.ts';
import { v33 as limits33 } from './dirty-limits/v3.3.ts';
import { v61 as limits61 } from './dirty-limits/v6.1.ts';
import { v2635 as throttling2635 } from './dirty-throttling/v2.6.35.ts';
import { v2636 as throttling2636 } from './dirty-throttling/v2.6.36.ts';
import { v32 as throttling32 } from './dirty-throttling/v3.2.ts';
import { v33 as throttling33 } from './dirty-throttling/v3.3.ts';
import { kick } from './dirty-wait/kick.ts';
import { nap } from './dirty-wait/nap.ts';
import { napRoundsIfMemcg } from './dirty-wait/nap-rounds-if-memcg.ts';
import { nothing } from './dirty-wait/nothing.ts';
import { rounds } from './dirty-wait/rounds.ts';
import { roundsIfSync } from './dirty-wait/rounds-if-sync.ts';
import { syncLoop } from './dirty-wait/sync-loop.ts';
import { byScanned } from './flusher-kick/by-scanned.ts';
import { dirtyBatch } from './flusher-kick/dirty-batch.ts';
import { halfMoreThanSeen } from './flusher-kick/half-more-than-seen.ts';
import { window } from './flusher-kick/window.ts';
import { v2635 as lists2635 } from './flusher-lists/v2.6.35.ts';
import { v2636 as lists2636 } from './flusher-lists/v2.6.36.ts';
import { v2635 as work2635 } from './flusher-work/v2.6.35.ts';
import { v2636 as work2636 } from './flusher-work/v2.6.36.ts';
import { v2638 as work2638 } from './flusher-work/v2.6.38.ts';
import { v32 as work32 } from './flusher-work/v3.2.ts';
import { v61 as work61 } from './flusher-work/v6.1.ts';
import { head } from './freed-block/head.ts';
import { tail } from './freed-block/tail.ts';
import { direct } from './fs-reclaim-guard/direct.ts';
import { memalloc } from './fs-reclaim-guard/memalloc.ts';
import { noWritepage } from './fs-reclaim-guard/no-writepage.ts';
import { none } from './fs-reclaim-guard/none.ts';
import { batches } from './isolation/batches.ts';
import { once } from './isolation/once.ts';
import { eightfold } from './kswapd-gap/eightfold.ts';
import { onePercent } from './kswapd-gap/one-percent.ts';
import { v2635 as stall2635 } from './lumpy-stall/v2.6.35.ts';
import { v2636 as stall2636 } from './lumpy-stall/v2.6.36.ts';
import { v2637 as stall2637 } from './lumpy-stall/v2.6.37.ts';
import { cgroupWriteback } from './memcg-cleaner/cgroup-writeback.ts';
import { dirtyRatio } from './memcg-cleaner/dirty-ratio.ts';
import { flusher } from './memcg-cleaner/flusher.ts';
import { ioCgroup } from './memcg-cleaner/io-cgroup.ts';
import { itself } from './memcg-cleaner/itself.ts';
import { kswapd as memcgKswapd } from './memcg-cleaner/kswapd.ts';
import { none as noCleaner } from './memcg-cleaner/none.ts';
import { batch } from './pageout-unit/batch.ts';
import { neighbourhood } from './pageout-unit/neighbourhood.ts';
import { page } from './pageout-unit/page.ts';
import { span } from './pageout-unit/span.ts';
import { drop } from './range-lock/drop.ts';
import { hold } from './range-lock/hold.ts';
import { v2635 as naps2635 } from './reclaim-naps/v2.6.35.ts';
import { v2637 as naps2637 } from './reclaim-naps/v2.6.37.ts';
import { v32 as naps32 } from './reclaim-naps/v3.2.ts';
import { v36 as naps36 } from './reclaim-naps/v3.6.ts';
import { v61 as naps61 } from './reclaim-naps/v6.1.ts';
import { v2634 as progress2634 } from './reclaim-progress/v2.6.34.ts';
import { v2635 as progress2635 } from './reclaim-progress/v2.6.35.ts';
import { v2636 as progress2636 } from './reclaim-progress/v2.6.36.ts';
import { all } from './referenced-dirty/all.ts';
import { fileOnly } from './referenced-dirty/file-only.ts';
import { fraction } from './scan-split/fraction.ts';
import { percent } from './scan-split/percent.ts';
import { aside } from './skipped-dirty/aside.ts';
import { dirtyList } from './skipped-dirty/dirty-list.ts';
import { inPlace } from './skipped-dirty/in-place.ts';
import { tag } from './skipped-dirty/tag.ts';
import { tagAndActivate } from './skipped-dirty/tag-and-activate.ts';
import { v2635 as soft2635 } from './soft-limit/v2.6.35.ts';
import { v2636 as soft2636 } from './soft-limit/v2.6.36.ts';
import { v32 as soft32 } from './soft-limit/v3.2.ts';
import { keep } from './writeback-at-tail/keep.ts';
import { memcgWaits } from './writeback-at-tail/memcg-waits.ts';
import { outOfTheWay } from './writeback-at-tail/out-of-the-way.ts';
import { belowPriority } from './writes/below-priority.ts';
import { no } from './writes/no.ts';
import { seenTwice } from './writes/seen-twice.ts';
import { yes } from './writes/yes.ts';
import { zoneDirty } from './writes/zone-dirty.ts';

export interface Question<A extends Answer = Answer> extends Pick<Knob, 'path' | 'label' | 'doc' | 'group' | 'detail'> {
  readonly answers: readonly A[];
  /** Read when the machine boots. */
  readonly atBoot?: true;
}

/** Who may write what: the six questions have the same answers. */
const WRITES = [yes, no, belowPriority, seenTwice, zoneDirty] as const;

const WHO_WRITES = 'Who writes';
const WRITEBACK = 'Writeback';
const SCANNING = 'Scanning and waiting';
const MEMCG = 'Memory cgroups';

/** A question is a row, an answer is a file and its place in the row. */
export const QUESTIONS = {
  pageoutUnit: {
    path: 'policy.pageout_unit',
    label: 'pageout unit',
    doc: 'What reclaim hands the filesystem when it meets a dirty page at the tail of the LRU.',
    answers: [page, batch, span, neighbourhood],
  },
  rangeLock: {
    path: 'policy.range_lock',
    label: 'page lock in ranges',
    detail: true,
    doc: 'Whether the VM keeps the lock of the page it is after while a range around it is written. The inode is pinned either way.',
    answers: [drop, hold],
  },
  kswapdFile: {
    path: 'policy.kswapd_file',
    label: 'kswapd, file',
    group: WHO_WRITES,
    doc: 'Whether kswapd may write the dirty file pages it meets.',
    answers: WRITES,
  },
  kswapdAnon: {
    path: 'policy.kswapd_anon',
    label: 'kswapd, anon',
    group: WHO_WRITES,
    doc: 'Whether kswapd may swap out. Nobody but reclaim ever writes anonymous pages.',
    answers: WRITES,
  },
  directFile: {
    path: 'policy.direct_file',
    label: 'direct, file',
    group: WHO_WRITES,
    doc: 'Whether an allocating task that reclaims by itself may write the dirty file pages it meets.',
    answers: WRITES,
  },
  directAnon: {
    path: 'policy.direct_anon',
    label: 'direct, anon',
    group: WHO_WRITES,
    doc: 'Whether an allocating task that reclaims by itself may swap out.',
    answers: WRITES,
  },
  memcgFile: {
    path: 'policy.memcg_file',
    label: 'memcg, file',
    group: WHO_WRITES,
    doc: 'Whether a task whose memory cgroup is at its hard limit may write the dirty file pages it meets.',
    answers: WRITES,
  },
  memcgAnon: {
    path: 'policy.memcg_anon',
    label: 'memcg, anon',
    group: WHO_WRITES,
    doc: 'Whether a task whose memory cgroup is at its hard limit may swap out.',
    answers: WRITES,
  },
  skippedDirty: {
    path: 'policy.skipped_dirty',
    label: 'a skipped dirty page',
    doc: 'Where a dirty page goes that its reclaimer may not write.',
    answers: [inPlace, aside, tag, tagAndActivate, dirtyList],
  },
  writebackAtTail: {
    path: 'policy.writeback_at_tail',
    label: 'page under writeback',
    group: SCANNING,
    detail: true,
    doc: 'What reclaim does with a page at the tail whose write is in flight.',
    answers: [keep, memcgWaits, outOfTheWay],
  },
  referencedDirty: {
    path: 'policy.referenced_dirty',
    label: 'used and dirty',
    group: SCANNING,
    detail: true,
    doc: 'Which pages get a lap more before reclaim writes them because they were used.',
    answers: [all, fileOnly],
  },
  softLimit: {
    path: 'policy.soft_limit',
    label: 'soft limits',
    group: SCANNING,
    detail: true,
    doc: 'Who reclaims from memory cgroups over their soft limit, and whether that counts.',
    answers: [soft2635, soft2636, soft32],
  },
  dirtyWait: {
    path: 'policy.dirty_wait',
    label: 'on meeting dirty pages',
    doc: 'What a reclaimer that is not kswapd does about the dirty pages it may not write.',
    answers: [nothing, kick, roundsIfSync, nap, napRoundsIfMemcg, rounds, syncLoop],
  },
  flusherKick: {
    path: 'policy.flusher_kick',
    label: 'flusher kick',
    group: WRITEBACK,
    detail: true,
    doc: 'Whether reclaim wakes the flusher when it meets dirty pages, and how many pages it asks for.',
    answers: [byScanned, halfMoreThanSeen, window, dirtyBatch],
  },
  lumpyStall: {
    path: 'policy.lumpy_stall',
    label: 'SYNC pass, lumpy',
    group: SCANNING,
    detail: true,
    doc: 'When direct reclaim of a higher order goes through a batch that was not wholly freed again, and waits for the disk page by page.',
    answers: [stall2635, stall2636, stall2637],
  },
  isolation: {
    path: 'policy.isolation',
    label: 'pages isolated',
    group: SCANNING,
    detail: true,
    doc: 'How many pages of an inactive list a reclaimer takes off at once.',
    answers: [batches, once],
  },
  memcgCleaner: {
    path: 'policy.memcg_cleaner',
    label: 'what cleans a group',
    group: MEMCG,
    doc: 'What cleans the dirty pages of a memory cgroup at its limit. Itself and the flusher overrule the two knobs on memcg reclaim; the others leave them as they are.',
    answers: [noCleaner, itself, flusher, dirtyRatio, memcgKswapd, ioCgroup, cgroupWriteback],
    atBoot: true,
  },
  flusherLists: {
    path: 'policy.flusher_lists',
    label: 'flusher lists',
    group: WRITEBACK,
    detail: true,
    doc: 'Where the flusher puts an inode that it could not finish.',
    answers: [lists2635, lists2636],
  },
  flusherWork: {
    path: 'policy.flusher_work',
    label: 'flusher work',
    group: WRITEBACK,
    detail: true,
    doc: 'What the flusher counts as work, and in what portions it does it.',
    answers: [work2635, work2636, work2638, work32, work61],
  },
  dirtyThrottling: {
    path: 'policy.dirty_throttling',
    label: 'dirty throttling',
    group: WRITEBACK,
    detail: true,
    doc: 'How a task is held that dirties pages faster than the disk writes them.',
    answers: [throttling2635, throttling2636, throttling32, throttling33],
  },
  dirtyLimits: {
    path: 'policy.dirty_limits',
    label: 'dirtyable memory',
    group: WRITEBACK,
    detail: true,
    doc: 'What the dirty ratios are percentages of.',
    answers: [limits2635, limits2637, limits33, limits61],
  },
  fsReclaimGuard: {
    path: 'policy.fs_reclaim_guard',
    label: 'guard of XFS, btrfs',
    detail: true,
    doc: 'Whom XFS refuses in ->writepage, and whether XFS and btrfs have one; btrfs refuses PF_MEMALLOC in every kernel in which it has.',
    answers: [none, memalloc, direct, noWritepage],
  },
  reclaimNaps: {
    path: 'policy.reclaim_naps',
    label: 'naps of reclaim',
    group: SCANNING,
    detail: true,
    doc: 'Where a task that reclaims goes to sleep, and for what.',
    answers: [naps2635, naps2637, naps32, naps36, naps61],
  },
  scanSplit: {
    path: 'policy.scan_split',
    label: 'scan split',
    group: SCANNING,
    detail: true,
    doc: 'How a scan is split between anonymous and file pages.',
    answers: [fraction, percent],
  },
  blockReclaim: {
    path: 'policy.block_reclaim',
    label: 'reclaim of blocks',
    group: SCANNING,
    detail: true,
    doc: 'How reclaim goes about when several contiguous frames are wanted.',
    answers: [blocks2635, blocks2634, blocks2638, noBlocks],
  },
  freedBlock: {
    path: 'policy.freed_block',
    label: 'a freed block',
    group: SCANNING,
    detail: true,
    doc: 'Where the allocator puts a freed block on its list.',
    answers: [tail, head],
  },
  reclaimProgress: {
    path: 'policy.reclaim_progress',
    label: 'progress below target',
    group: SCANNING,
    detail: true,
    doc: 'What direct reclaim that has not freed 32 pages tells the allocator; 0 leads to the OOM killer.',
    answers: [progress2635, progress2634, progress2636],
  },
  kswapdGap: {
    path: 'policy.kswapd_gap',
    label: 'kswapd gap',
    group: SCANNING,
    detail: true,
    doc: 'Up to which mark kswapd shrinks a zone after soft-limit reclaim has brought it above high.',
    answers: [eightfold, onePercent],
  },
} as const satisfies { [Q in QuestionName]: Question<Policy[Q]> };

interface NumberRow extends Pick<Knob, 'path' | 'label' | 'doc' | 'source' | 'group' | 'detail'> {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Numbers that answers read; like an answer, each has a value of the kernel's own. */
export const NUMBERS = {
  writeBelowPriority: {
    path: 'policy.write_below_priority',
    label: 'write below priority',
    group: WHO_WRITES,
    detail: true,
    doc: 'Who writes "only below a priority" does so at priorities numerically below this one; reclaim starts at 12 and 0 is the last resort.',
    source: 'Linux 3.2 mm/vmscan.c shrink_page_list(): DEF_PRIORITY - 2; model.md §9.2',
    unit: 'priority',
    min: 0,
    max: 12,
    step: 1,
  },
  directRounds: {
    path: 'policy.direct_rounds',
    label: 'rounds of waiting',
    detail: true,
    doc: 'How often a waiting reclaimer wakes the flusher, naps for up to 100 ms and looks at the skipped pages again, per batch.',
    source: 'MAX_SWAP_CLEAN_WAIT: 10 in RFC 6/6 and V2, 50 in V3 to V6; model.md P6.3, §8.7',
    unit: 'rounds',
    min: 1,
    max: 50,
    step: 1,
  },
  writeAroundPages: {
    path: 'policy.write_around_pages',
    label: 'write-around',
    detail: true,
    doc: 'Largest range that the unit "contiguous neighbourhood" writes, the page itself included.',
    source:
      'mails of 14 and 15 April 2010: one to two orders of magnitude more pages for about 10 % more time, no figure for the window; 32 assumed (nr_to_write of pageout()); history.md §4.1',
    unit: 'pages',
    min: 1,
    max: 1024,
    step: 1,
  },
} as const satisfies Record<NumberName, NumberRow>;

/** What a kernel's row says: an answer per question, misspelt ones do not compile, and the numbers. */
export type KernelAnswers = {
  readonly [Q in QuestionName]: (typeof QUESTIONS)[Q]['answers'][number]['id'];
} & { readonly [N in NumberName]: number };

/** The answers by name; an unknown id has been refused before it comes here. */
export function policyOf(answers: Answers): Policy {
  const found = Object.entries(QUESTIONS).map(([name, question]) => {
    const id = answers[name as QuestionName];
    const answer = (question.answers as readonly Answer[]).find((candidate) => candidate.id === id);
    if (answer === undefined) throw new Error(`no answer "${id}" to ${question.path}`);
    return [name, answer];
  });
  const numbers = Object.keys(NUMBERS).map((name) => [name, answers[name as NumberName]]);
  return Object.fromEntries([...found, ...numbers]) as Policy;
}
