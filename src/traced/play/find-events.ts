import { DISKS, type EventAsk, type EventColumns } from '../../abi/events.ts';
import { MAX_FIELDS, TRACE_ID } from '../../abi/tracepoints.ts';
import type { TraceIndex } from './index-of.ts';
import { KIND } from './kinds.ts';

/** Tracepoints of the simulated kernels that these events are, whatever the recorded kernel calls them. */
const ID_OF_KIND: Readonly<Record<number, number>> = {
  [KIND.kswapdSleep]: TRACE_ID.kswapdSleep,
  [KIND.kswapdWake]: TRACE_ID.kswapdWake,
  [KIND.wakeupKswapd]: TRACE_ID.wakeupKswapd,
  [KIND.directBegin]: TRACE_ID.directReclaimBegin,
  [KIND.directEnd]: TRACE_ID.directReclaimEnd,
  [KIND.memcgBegin]: TRACE_ID.memcgReclaimBegin,
  [KIND.memcgEnd]: TRACE_ID.memcgReclaimEnd,
  [KIND.softBegin]: TRACE_ID.memcgSoftlimitReclaimBegin,
  [KIND.softEnd]: TRACE_ID.memcgSoftlimitReclaimEnd,
  [KIND.isolate]: TRACE_ID.lruIsolate,
  [KIND.shrinkInactive]: TRACE_ID.lruShrinkInactive,
  [KIND.throttled]: TRACE_ID.throttled,
  [KIND.writePage]: TRACE_ID.writepage,
  [KIND.pagesWritten]: TRACE_ID.writebackPagesWritten,
  [KIND.insert]: TRACE_ID.blockRqInsert,
  [KIND.issue]: TRACE_ID.blockRqIssue,
  [KIND.complete]: TRACE_ID.blockRqComplete,
};
/** An event that no simulated kernel has; a task that has no lane. */
const NO_ID = 255;
const NO_LANE = -2;

/** Of the rows done, those that fit: from the newest back until the limit is full. */
export function findEvents({ rows, cast }: TraceIndex, ask: EventAsk, rowsDone: number): EventColumns {
  const wanted = ask.ids && new Set(ask.ids);
  const named = new Set(ask.names);
  const needle = ask.text.trim().toLowerCase();
  const idOf = (row: number) => ID_OF_KIND[rows.kind(row)] ?? NO_ID;
  const whoOf = (row: number) => {
    // Whoever runs when a request is started or done has nothing to do with it.
    const kind = rows.kind(row);
    if (kind === KIND.issue || kind === KIND.complete) return DISKS;
    const actor = cast.actorOf[cast.person[rows.table.task[row]!]!]!;
    return actor < 0 ? NO_LANE : actor;
  };
  const fits = (row: number) =>
    (!wanted || wanted.has(idOf(row)) || named.has(rows.eventName(row))) &&
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
