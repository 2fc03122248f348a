import type { AbsentParts } from '../../abi/traced.ts';
import { KIND, type KindName } from './kinds.ts';
import type { PlayRows } from './rows.ts';

/** What the events of a trace can tell at all. An event that never happened is known not to have, if others of its family did. */
export interface Known {
  /** Who reclaims when: begins, ends, wakes and sleeps. */
  readonly reclaim: boolean;
  readonly scanned: boolean;
  readonly freed: boolean;
  readonly written: boolean;
  readonly deactivated: boolean;
  readonly throttled: boolean;
  readonly dirtied: boolean;
  readonly dirtyPages: boolean;
  readonly flushers: boolean;
  readonly disk: boolean;
  readonly merges: boolean;
  readonly pages: boolean;
  /** Its clock counts time, not events. */
  readonly times: boolean;
}

export function knownOf({ counts, table }: PlayRows): Known {
  const has = (...kinds: readonly KindName[]) => kinds.some((kind) => counts[KIND[kind]]! > 0);
  const reclaim = has(
    ...(['directBegin', 'directEnd', 'memcgBegin', 'memcgEnd', 'softBegin', 'nodeBegin'] as const),
    ...(['kswapdWake', 'kswapdSleep', 'wakeupKswapd'] as const),
  );
  const scanned = has('isolate');
  return {
    reclaim,
    scanned,
    freed: has('shrinkInactive'),
    written: has('writePage') || (reclaim && scanned),
    deactivated: has('shrinkActive'),
    throttled: has('balanceDirty'),
    dirtied: has('dirtyPage'),
    dirtyPages: has('balanceDirty', 'globalDirty'),
    flushers: has('flusherStart', 'flusherEnd'),
    disk: has('issue'),
    merges: has('merge', 'bioMerge'),
    pages: has('cacheAdd', 'lruInsert'),
    times: table.clock === 'seconds',
  };
}

const enable = (what: string, ...events: readonly string[]): string =>
  `${what} in this trace: enable ${events.length > 1 ? `${events.slice(0, -1).join(', ')} and ` : ''}${events.at(-1)}.`;

const UNTIL_WRITTEN =
  'A page is drawn dirty until it is freed, or its writing is told: by mm_vmscan_write_folio for reclaim, by writeback_single_inode for a flusher.';

/** Part by part, why a picture stays empty. */
export function absentOf(known: Known, hasGroups: boolean): AbsentParts {
  const pages = ['filemap/mm_filemap_add_to_page_cache', 'filemap/mm_filemap_delete_from_page_cache'];
  const states = [...pages, 'pagemap/mm_lru_insertion', 'writeback/writeback_dirty_folio'];
  const flushers = ['writeback/writeback_start', 'writeback/writeback_written'];
  return {
    ...(!known.pages && {
      cells: enable('Page states are not', ...states),
      biography: enable('What happened to single pages is not', ...states),
    }),
    memory: 'Free pages and watermarks are not in any trace event: compare /proc/vmstat from before and after.',
    ...(!known.dirtyPages && {
      dirty: `${enable('The number of dirty pages is not', 'writeback/balance_dirty_pages', 'writeback/global_dirty_state')}${known.pages ? ` ${UNTIL_WRITTEN}` : ''}`,
    }),
    ...(!(known.scanned && known.freed) && {
      batches: enable(
        'Reclaim batches are not',
        'vmscan/mm_vmscan_lru_isolate',
        'vmscan/mm_vmscan_lru_shrink_inactive',
      ),
    }),
    stacks:
      'The functions that a recorded kernel is in are not in its trace events, and neither is the depth of its stacks.',
    ...(!hasGroups && {
      memcgs: enable('No memory cgroup is named', ...flushers, 'vmscan/mm_vmscan_memcg_reclaim_begin'),
    }),
    ...(!known.disk && {
      disk: enable('Disk requests are not', 'block/block_rq_insert', 'block/block_rq_issue', 'block/block_rq_complete'),
    }),
    files: 'Where files lie on the disk is not in any trace event.',
    ...(!known.flushers && { flushers: enable('The work of the flushers is not', ...flushers) }),
    map: 'What each frame of memory is used for is not in any trace event.',
  };
}
