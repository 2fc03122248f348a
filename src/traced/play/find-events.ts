import { DISKS, type EventAsk, type EventColumns } from '../../abi/events.ts';
import { MAX_FIELDS, TRACEPOINT_KEYS, TRACEPOINTS } from '../../abi/tracepoints.ts';
import type { TraceIndex } from './index-of.ts';
import { KIND } from './kinds.ts';

/** Tracepoints of the simulated kernels that these events are, whatever the recorded kernel calls them. */
const ID_OF_KIND = new Map<number, number>(
  (
    [
      ['kswapdSleep', 'mm_vmscan_kswapd_sleep'],
      ['kswapdWake', 'mm_vmscan_kswapd_wake'],
      ['wakeupKswapd', 'mm_vmscan_wakeup_kswapd'],
      ['directBegin', 'mm_vmscan_direct_reclaim_begin'],
      ['directEnd', 'mm_vmscan_direct_reclaim_end'],
      ['memcgBegin', 'mm_vmscan_memcg_reclaim_begin'],
      ['memcgEnd', 'mm_vmscan_memcg_reclaim_end'],
      ['softBegin', 'mm_vmscan_memcg_softlimit_reclaim_begin'],
      ['softEnd', 'mm_vmscan_memcg_softlimit_reclaim_end'],
      ['isolate', 'mm_vmscan_lru_isolate'],
      ['writePage', 'mm_vmscan_writepage'],
      ['issue', 'block_rq_issue'],
      ['complete', 'block_rq_complete'],
    ] as const
  ).map(([kind, name]) => [KIND[kind], TRACEPOINT_KEYS.findIndex((key) => TRACEPOINTS[key].name === name)]),
);
/** An event that no simulated kernel has. */
const NO_ID = 255;

/** Of the rows done, those that fit: from the newest back until the limit is full. */
export function findEvents({ rows, cast }: TraceIndex, ask: EventAsk, rowsDone: number): EventColumns {
  const wanted = ask.ids && new Set(ask.ids);
  const needle = ask.text.trim().toLowerCase();
  const idOf = (row: number) => ID_OF_KIND.get(rows.kind(row)) ?? NO_ID;
  const whoOf = (row: number) => {
    // Whoever runs when a request is started or done has nothing to do with it.
    const kind = rows.kind(row);
    return kind === KIND.issue || kind === KIND.complete ? DISKS : cast.actorOf[cast.person[rows.table.task[row]!]!]!;
  };
  const fits = (row: number) =>
    (!wanted || wanted.has(idOf(row))) &&
    (ask.thread === undefined || whoOf(row) === ask.thread) &&
    (needle === '' || rows.eventText(row).toLowerCase().includes(needle));
  const found: number[] = [];
  let row = rowsDone - 1;
  for (; row >= ask.from && found.length < ask.limit; row--) if (fits(row)) found.push(row);
  found.reverse();
  return {
    n: Float64Array.from(found),
    timeNs: Float64Array.from(found, (one) => rows.atNs[one]!),
    id: Uint8Array.from(found, idOf),
    thread: Int16Array.from(found, whoOf),
    args: new Float64Array(found.length * MAX_FIELDS),
    lost: 0,
    emitted: rowsDone,
    completeFrom: row + 1,
    texts: found.map((one) => ({ who: rows.taskText(one), text: rows.eventText(one) })),
  };
}
