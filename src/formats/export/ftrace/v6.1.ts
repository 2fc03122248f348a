import { LIST_NAMES } from '../../../abi/frame.ts';
import { pidOf } from '../../../abi/trace-export.ts';
import { gfpText, RECLAIM_WB_FILE, writebackFlagsText } from '../../../abi/trace-flags.ts';
import type { ScriptEvent } from '../../../abi/vmscan-script.ts';
import { blockWords, pagePointer, textIn, type Wording, workWords } from './shared.ts';

const STRUCT_PAGE_BYTES = 64;
/** Room for numbers of twelve digits. */
const ENTRIES_LINE_CHARS = 69;
/** ZONE_NORMAL. */
const CLASSZONE = 2;

/** Words that stand for several bits keep theirs; a single bit has been written with its underscores since 4.6. */
const WHOLE_NAMES = /^GFP_(HIGHUSER_MOVABLE|HIGHUSER|USER|KERNEL|NOFS|ATOMIC|NOIO|NOWAIT)$/;
/** __GFP_WAIT became two bits in 4.4, of which this one lets the caller reclaim. */
const RENAMED: Readonly<Record<string, string>> = {
  GFP_WAIT: '__GFP_DIRECT_RECLAIM',
  GFP_REPEAT: '__GFP_RETRY_MAYFAIL',
};
const gfp = (flags: number): string =>
  gfpText(flags)
    .split('|')
    .map((name) => (WHOLE_NAMES.test(name) || name.startsWith('0x') ? name : (RENAMED[name] ?? `__${name}`)))
    .join('|');

/** A dirty list of its own is no list of this kernel: its pages are inactive ones. */
const lru = (list: number): string => (LIST_NAMES[list] === 'dirty_file' ? 'inactive_file' : (LIST_NAMES[list] ?? ''));

const begin =
  (name: string) =>
  ({ args: [order = 0, , flags = 0] }: ScriptEvent) =>
    `${name}: order=${order} gfp_flags=${gfp(flags)}`;

/** What lumpy reclaim took beside its pages is not told any more; groups have no event of their own. */
const isolated = ({ args: [, order = 0, requested = 0, scanned = 0, taken = 0, , , , list = 0] }: ScriptEvent) =>
  `mm_vmscan_lru_isolate: isolate_mode=0 classzone=${CLASSZONE} order=${order} nr_requested=${requested} ` +
  `nr_scanned=${scanned} nr_skipped=0 nr_taken=${taken} lru=${lru(list)}`;

/** The model skips no zone, knows no congested bdi here, and counts neither pages kept for a reference nor failed unmaps. */
function judged({ args }: ScriptEvent): string {
  const [nid = 0, , scanned = 0, reclaimed = 0, dirty = 0, writeback = 0, activate = 0, priority = 0, flags = 0] = args;
  const isFile = (flags & RECLAIM_WB_FILE) !== 0;
  const activated = `nr_activate_anon=${isFile ? 0 : activate} nr_activate_file=${isFile ? activate : 0}`;
  return (
    `mm_vmscan_lru_shrink_inactive: nid=${nid} nr_scanned=${scanned} nr_reclaimed=${reclaimed} nr_dirty=${dirty} ` +
    `nr_writeback=${writeback} nr_congested=0 nr_immediate=0 ${activated} nr_ref_keep=0 nr_unmap_fail=0 ` +
    `priority=${priority} flags=${writebackFlagsText(flags)}`
  );
}

/** Items that are neither are what reclaim asked for. */
const reason = (kupdate = 0, background = 0): string =>
  kupdate === 1 ? 'periodic' : background === 1 ? 'background' : 'vmscan';

/** The events of 6.1, as its events/vmscan and events/block say them. */
export const v61: Wording = {
  header: (entries) => [
    '# tracer: nop',
    '#',
    `# entries-in-buffer/entries-written: ${entries}/${entries}   #P:1`.padEnd(ENTRIES_LINE_CHARS),
    '#',
    '#                                _-----=> irqs-off/BH-disabled',
    '#                               / _----=> need-resched',
    '#                              | / _---=> hardirq/softirq',
    '#                              || / _--=> preempt-depth',
    '#                              ||| / _-=> migrate-disable',
    '#                              |||| /     delay',
    '#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
    '#              | |         |   |||||     |         |',
  ],
  flags: '..... ',
  pidChars: 7,
  text: textIn({
    ...blockWords(true),
    ...workWords(({ args: [, , kupdate, , background] }) => ` reason=${reason(kupdate, background)} cgroup_ino=1`),
    wakeupKswapd: ({ args: [nid = 0, , order = 0, flags = 0] }) =>
      `mm_vmscan_wakeup_kswapd: nid=${nid} order=${order} gfp_flags=${gfp(flags)}`,
    directReclaimBegin: begin('mm_vmscan_direct_reclaim_begin'),
    memcgReclaimBegin: begin('mm_vmscan_memcg_reclaim_begin'),
    memcgSoftlimitReclaimBegin: begin('mm_vmscan_memcg_softlimit_reclaim_begin'),
    lruIsolate: isolated,
    memcgIsolate: isolated,
    lruShrinkInactive: judged,
    writepage: ({ args: [, pfn = 0, flags = 0] }) =>
      `mm_vmscan_write_folio: page=${pagePointer(pfn, STRUCT_PAGE_BYTES)} pfn=0x${pfn.toString(16)} ` +
      `flags=${writebackFlagsText(flags)}`,
    oomKill: ({ args: [victim = 0] }) => `mark_victim: pid=${pidOf(victim)}`,
  }),
};
