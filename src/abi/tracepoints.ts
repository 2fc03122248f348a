import { LIST_NAMES } from './frame.ts';
import { gfpText, THROTTLE_REASONS, writebackFlagsText } from './trace-flags.ts';

/**
 * Every tracepoint, declared once: columns, text, log and exports follow from here (style.md 4.4).
 * The vmscan ones are the twelve of 2.6.36 in include/trace/events/vmscan.h, names, fields and text (history.md §6.1): seven from
 * the series' patches 1–3 (model.md §8.1–8.3), five for memory cgroups, which the series' script ignores. Their writepage has the
 * flags of V4 instead of the sync_io of V1 to V3. Two more came later (LATER_POINTS), and three of the twelve have a field that
 * later kernels print (LATER_FIELDS): a text in the words of one kernel leaves out what that one has not.
 */
/**
 * 'dev' is the number of a disk, printed as its major and minor; 'gfp' and 'wb' are flags, printed by name; 'lru' is a row of
 * LIST_NAMES, 'throttle' one of THROTTLE_REASONS.
 */
type FieldKind = 'int' | 'dev' | 'pages' | 'pfn' | 'sector' | 'us' | 'actor' | 'gfp' | 'wb' | 'lru' | 'throttle';

export interface Tracepoint {
  readonly name: string;
  readonly doc: string;
  /** Their order is the order of the trace's columns and of the printed text. */
  readonly fields: Readonly<Record<string, FieldKind>>;
}
const tracepoint = (name: string, doc: string, fields: Readonly<Record<string, FieldKind>>): Tracepoint => ({
  name,
  doc,
  fields,
});

/** At most this many fields per event: the ring has that many argument columns. */
export const MAX_FIELDS = 9;

/** contig_*: neighbours that lumpy reclaim took, dirty ones of them, and those it could not take. lru: printed since 4.12. */
const ISOLATE_FIELDS = {
  isolate_mode: 'int',
  order: 'int',
  nr_requested: 'pages',
  nr_scanned: 'pages',
  nr_taken: 'pages',
  contig_taken: 'pages',
  contig_dirty: 'pages',
  contig_failed: 'pages',
  lru: 'lru',
} as const;

const HELD_FIELDS = { nr_dirty: 'pages', nr_writeback: 'pages' } as const;

export const TRACEPOINTS = {
  kswapdSleep: tracepoint('mm_vmscan_kswapd_sleep', 'kswapd goes to its full sleep: the node is balanced.', {
    nid: 'int',
  }),
  kswapdWake: tracepoint('mm_vmscan_kswapd_wake', 'kswapd starts a balance_pgdat() run.', { nid: 'int', order: 'int' }),
  wakeupKswapd: tracepoint(
    'mm_vmscan_wakeup_kswapd',
    'An allocation found the zone below low and asked for kswapd, asleep or not.',
    {
      nid: 'int',
      zid: 'int',
      order: 'int',
      gfp_flags: 'gfp',
    },
  ),
  directReclaimBegin: tracepoint('mm_vmscan_direct_reclaim_begin', 'An allocating task starts to reclaim by itself.', {
    order: 'int',
    may_writepage: 'int',
    gfp_flags: 'gfp',
  }),
  directReclaimEnd: tracepoint('mm_vmscan_direct_reclaim_end', 'The allocating task is done reclaiming.', {
    nr_reclaimed: 'pages',
  }),
  memcgReclaimBegin: tracepoint(
    'mm_vmscan_memcg_reclaim_begin',
    'A task whose memory cgroup is at its hard limit starts to reclaim from it. order is always 0.',
    { order: 'int', may_writepage: 'int', gfp_flags: 'gfp' },
  ),
  memcgReclaimEnd: tracepoint('mm_vmscan_memcg_reclaim_end', 'The task at the hard limit is done reclaiming.', {
    nr_reclaimed: 'pages',
  }),
  memcgSoftlimitReclaimBegin: tracepoint(
    'mm_vmscan_memcg_softlimit_reclaim_begin',
    'kswapd starts on a group that is over its soft limit. 2.6.36 has the event; the series has not.',
    { order: 'int', may_writepage: 'int', gfp_flags: 'gfp' },
  ),
  memcgSoftlimitReclaimEnd: tracepoint('mm_vmscan_memcg_softlimit_reclaim_end', 'kswapd is done with the group.', {
    nr_reclaimed: 'pages',
  }),
  lruIsolate: tracepoint(
    'mm_vmscan_lru_isolate',
    'A batch left the LRU for one reclaimer of the zone.',
    ISOLATE_FIELDS,
  ),
  memcgIsolate: tracepoint('mm_vmscan_memcg_isolate', 'A batch left the lists of one memory cgroup.', ISOLATE_FIELDS),
  lruShrinkInactive: tracepoint(
    'mm_vmscan_lru_shrink_inactive',
    'A batch of an inactive list has been judged: what was freed, and what was met dirty or under writeback. Of 3.0 and later.',
    {
      nid: 'int',
      zid: 'int',
      nr_scanned: 'pages',
      nr_reclaimed: 'pages',
      nr_dirty: 'pages',
      nr_writeback: 'pages',
      nr_activate: 'pages',
      priority: 'int',
      flags: 'wb',
    },
  ),
  throttled: tracepoint('mm_vmscan_throttled', 'A reclaimer has stalled in reclaim_throttle(). Of 5.16 and later.', {
    nid: 'int',
    usec_timeout: 'us',
    usect_delayed: 'us',
    reason: 'throttle',
  }),
  writepage: tracepoint(
    'mm_vmscan_writepage',
    'Reclaim handed one page to ->writepage (NR_VMSCAN_WRITE); range writes do not fire it.',
    {
      page: 'pfn',
      pfn: 'pfn',
      flags: 'wb',
    },
  ),
  rangeWrite: tracepoint(
    'reclaimscope_range_write',
    'Reclaim handed a span of a file to ->writepages (patch 5). Not a kernel event: the series never traced it.',
    {
      inode: 'int',
      first_index: 'pages',
      last_index: 'pages',
      nr_batch: 'pages',
    },
  ),
  writebackExec: tracepoint(
    'writeback_exec',
    'A flusher begins with an item of work. nr_pages: as many as there are, or LONG_MAX.',
    {
      bdi: 'dev',
      nr_pages: 'pages',
      kupdate: 'int',
      range_cyclic: 'int',
      background: 'int',
    },
  ),
  writebackPagesWritten: tracepoint(
    'writeback_pages_written',
    'The flusher is done with it. The kernel says so once for all items of a wake-up.',
    { pages: 'pages' },
  ),
  blockRqInsert: tracepoint(
    'block_rq_insert',
    'A request was made for a bio that fits no other, and waits in the queue.',
    {
      dev: 'dev',
      sector: 'sector',
      nr_sector: 'int',
      write: 'int',
      by: 'actor',
    },
  ),
  blockRqIssue: tracepoint('block_rq_issue', 'The disk starts a request.', {
    dev: 'dev',
    sector: 'sector',
    nr_sector: 'int',
    write: 'int',
    by: 'actor',
  }),
  blockRqComplete: tracepoint('block_rq_complete', 'The disk has finished a request.', {
    dev: 'dev',
    sector: 'sector',
    nr_sector: 'int',
    write: 'int',
    by: 'actor',
    usec_seek: 'us',
    usec_rotate: 'us',
    usec_transfer: 'us',
  }),
  balanceDirtyBegin: tracepoint(
    'reclaimscope_balance_dirty_begin',
    'A writer has met a dirty limit and is held in balance_dirty_pages(). Not a kernel event.',
    HELD_FIELDS,
  ),
  balanceDirtyEnd: tracepoint(
    'reclaimscope_balance_dirty_end',
    'The writer leaves balance_dirty_pages(). Not a kernel event.',
    HELD_FIELDS,
  ),
  oomKill: tracepoint('oom_kill', 'The OOM killer chose a task.', { victim: 'int', memcg: 'int', total_vm: 'pages' }),
  knobTurned: tracepoint('reclaimscope_knob', 'A knob was turned while running. Not a kernel event.', { knob: 'int' }),
} as const satisfies Record<string, Tracepoint>;

export type TracepointKey = keyof typeof TRACEPOINTS;
export const TRACEPOINT_KEYS = Object.keys(TRACEPOINTS) as readonly TracepointKey[];
/** Row of a tracepoint in TRACEPOINT_KEYS: what the ring stores. */
export const TRACE_ID = Object.fromEntries(TRACEPOINT_KEYS.map((key, id) => [key, id])) as Readonly<
  Record<TracepointKey, number>
>;

/** What 2.6.36 has not: tracepoints, and fields of those that it has. */
export const LATER_POINTS: readonly TracepointKey[] = ['lruShrinkInactive', 'throttled'];
export const LATER_FIELDS: Partial<Record<TracepointKey, string>> = {
  lruIsolate: 'lru',
  memcgIsolate: 'lru',
  wakeupKswapd: 'gfp_flags',
};

/** sda is 8:0, sdb 8:16, and so on: sixteen minors each. */
export function deviceNumber(disk: number, between: ':' | ','): string {
  return `8${between}${disk * 16}`;
}

/** ftrace's text of an event: `name: a=1 b=2`. */
export function formatEvent(point: Tracepoint, args: readonly number[]): string {
  const pairs = Object.entries(point.fields).map(
    ([field, kind], column) => `${field}=${formatField(kind, args[column] ?? 0)}`,
  );
  return `${point.name}: ${pairs.join(' ')}`;
}

function formatField(kind: FieldKind, value: number): string {
  switch (kind) {
    case 'dev':
      return deviceNumber(value, ',');
    case 'gfp':
      return gfpText(value);
    case 'wb':
      return writebackFlagsText(value);
    case 'lru':
      return LIST_NAMES[value] ?? '';
    case 'throttle':
      return `VMSCAN_THROTTLE_${THROTTLE_REASONS[value] ?? ''}`;
    default:
      return pagesText(value);
  }
}

/** Work without an end asks for LONG_MAX pages. */
export const pagesText = (value: number): string => (value === Infinity ? '9223372036854775807' : String(value));
