import { fieldOf, type TraceShape, type TraceTable } from '../../abi/trace-table.ts';
import { isOfActive } from '../isolate-mode.ts';

// What an event means for a machine that is a trace, whatever the kernel that worded it.

const NAMES = [
  'other',
  'kswapdSleep',
  'kswapdWake',
  'wakeupKswapd',
  'directBegin',
  'directEnd',
  'memcgBegin',
  'memcgEnd',
  'softBegin',
  'softEnd',
  'nodeBegin',
  'nodeEnd',
  'isolate',
  'shrinkInactive',
  'shrinkActive',
  'writePage',
  'throttled',
  'insert',
  'issue',
  'complete',
  'requeue',
  'merge',
  'bioMerge',
  'balanceDirty',
  'globalDirty',
  'flusherStart',
  'flusherEnd',
  'pagesWritten',
  'cacheAdd',
  'cacheDelete',
  'lruInsert',
  'dirtyPage',
  'inodeWritten',
  'writeback',
  'reclaim',
] as const;
export type KindName = (typeof NAMES)[number];
/** Numbers of the kinds; 'writeback' and 'reclaim' are any other event of the subsystem. */
export const KIND = Object.fromEntries(NAMES.map((name, row) => [name, row])) as Readonly<Record<KindName, number>>;
const KIND_COUNT = NAMES.length;

/** Kernels rename: each event under all the names it has had. */
const KIND_OF: Readonly<Record<string, KindName>> = {
  mm_vmscan_kswapd_sleep: 'kswapdSleep',
  mm_vmscan_kswapd_wake: 'kswapdWake',
  mm_vmscan_wakeup_kswapd: 'wakeupKswapd',
  mm_vmscan_direct_reclaim_begin: 'directBegin',
  mm_vmscan_direct_reclaim_end: 'directEnd',
  mm_vmscan_memcg_reclaim_begin: 'memcgBegin',
  mm_vmscan_memcg_reclaim_end: 'memcgEnd',
  mm_vmscan_memcg_softlimit_reclaim_begin: 'softBegin',
  mm_vmscan_memcg_softlimit_reclaim_end: 'softEnd',
  mm_vmscan_node_reclaim_begin: 'nodeBegin',
  mm_vmscan_node_reclaim_end: 'nodeEnd',
  mm_vmscan_lru_isolate: 'isolate',
  mm_vmscan_memcg_isolate: 'isolate',
  mm_vmscan_lru_shrink_inactive: 'shrinkInactive',
  mm_vmscan_lru_shrink_active: 'shrinkActive',
  mm_vmscan_writepage: 'writePage',
  mm_vmscan_write_folio: 'writePage',
  mm_vmscan_throttled: 'throttled',
  block_rq_insert: 'insert',
  block_rq_issue: 'issue',
  block_rq_complete: 'complete',
  block_rq_requeue: 'requeue',
  block_rq_merge: 'merge',
  block_bio_backmerge: 'bioMerge',
  block_bio_frontmerge: 'bioMerge',
  balance_dirty_pages: 'balanceDirty',
  global_dirty_state: 'globalDirty',
  writeback_start: 'flusherStart',
  writeback_written: 'flusherEnd',
  writeback_pages_written: 'pagesWritten',
  mm_filemap_add_to_page_cache: 'cacheAdd',
  mm_filemap_delete_from_page_cache: 'cacheDelete',
  mm_lru_insertion: 'lruInsert',
  writeback_dirty_folio: 'dirtyPage',
  writeback_dirty_page: 'dirtyPage',
  writeback_single_inode: 'inodeWritten',
};

/** What is read of a kind: per figure the names that its field has had. */
const FIELDS: Partial<Readonly<Record<KindName, readonly (readonly string[])[]>>> = {
  isolate: [['nr_scanned'], ['nr_taken'], ['lru'], ['isolate_mode']],
  shrinkInactive: [['nr_scanned'], ['nr_reclaimed'], ['nr_dirty'], ['nr_writeback'], ['flags'], ['priority']],
  shrinkActive: [['nr_deactivated', 'nr_demoted', 'nr_rotated'], ['priority']],
  writePage: [['pfn'], ['flags']],
  throttled: [['usect_delayed', 'usec_delayed'], ['reason']],
  insert: [['dev'], ['rwbs'], ['sector'], ['nr_sector']],
  issue: [['dev'], ['rwbs'], ['sector'], ['nr_sector']],
  complete: [['dev'], ['rwbs'], ['sector'], ['nr_sector']],
  requeue: [['dev'], ['rwbs'], ['sector'], ['nr_sector']],
  merge: [['dev'], ['rwbs'], ['sector'], ['nr_sector']],
  balanceDirty: [['dirty'], ['pause'], ['limit']],
  globalDirty: [['nr_dirty'], ['nr_writeback'], ['bg_thresh', 'background_thresh'], ['dirty_thresh', 'thresh']],
  flusherStart: [['bdi'], ['reason'], ['cgroup_ino']],
  flusherEnd: [['bdi'], ['reason'], ['cgroup_ino']],
  cacheAdd: [['dev'], ['ino'], ['pfn'], ['ofs'], ['order']],
  cacheDelete: [['dev'], ['ino'], ['pfn'], ['ofs'], ['order']],
  lruInsert: [['pfn'], ['lru']],
  dirtyPage: [['bdi'], ['ino'], ['index']],
  inodeWritten: [['bdi'], ['ino'], ['index'], ['wrote']],
};

/** A shape's kind, and where the figures of that kind are among its fields; -1: it has none. */
export interface ShapePlan {
  readonly kind: number;
  readonly fields: readonly number[];
}

export function planOf(shape: TraceShape): ShapePlan {
  const name = KIND_OF[shape.event] ?? familyOf(shape.event);
  const fields = (FIELDS[name] ?? []).map(
    (names) => names.map((one) => fieldOf(shape, one)).find((at) => at >= 0) ?? -1,
  );
  return { kind: KIND[name], fields };
}

function familyOf(event: string): KindName {
  if (event.startsWith('mm_vmscan_') || event.startsWith('mm_shrink_')) return 'reclaim';
  return event.startsWith('writeback_') ? 'writeback' : 'other';
}

/** How often each kind occurs. */
export function countKinds(table: TraceTable, plans: readonly ShapePlan[]): Float64Array {
  const counts = new Float64Array(KIND_COUNT);
  for (let row = 0; row < table.count; row++) counts[plans[table.shape[row]!]!.kind]!++;
  return counts;
}

/** What ages the active lists is not counted as scanning; kernels that do not name the list say so by the mode, as 2.6.36. */
export function isInactive(lru: string, isolateMode: number, areModesBits: boolean): boolean {
  if (lru === '') return !isOfActive(isolateMode, areModesBits);
  return lru.startsWith('inactive') || lru === '0' || lru === '2';
}
