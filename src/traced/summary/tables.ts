import type { ReadTrace, TraceClock } from '../../abi/trace-table.ts';
import type { TracedInfo, TracedRow } from '../../abi/traced.ts';
import { scriptReports } from '../script/report.ts';
import { type CountersBeside, vmstatTables } from './counters-beside.ts';
import type { Exact } from './exact.ts';
import { type Groups, groupsOf } from './groups.ts';
import { summarize, type TraceSummary } from './summary.ts';

type TracedTables = Pick<TracedInfo, 'events' | 'sums' | 'groups' | 'script' | 'counted' | 'vmstat'>;

/** The tables of facts that the page shows beside a trace. */
export function tracedTables(read: ReadTrace, beside?: CountersBeside): TracedTables {
  const summary = summarize(read);
  const vmstat = beside && vmstatTables(read.reading.format === 'blkparse' ? undefined : summary, beside);
  return {
    events: Object.entries(summary.events).map(([event, count]) => rowOf(event, count, `Lines of ${event}.`)),
    sums: sumRows(summary, durationOf(read.table.clock)),
    groups: groupRows(groupsOf(read.table), durationOf(read.table.clock)),
    ...scriptReports(read),
    ...(vmstat && { vmstat }),
  };
}

const rowOf = (label: string, value: Exact | string, definition: string): TracedRow => ({
  label,
  value: String(value),
  definition,
});

/** Of the many fields the ones that say how reclaim went. */
export const MAIN_FIELDS: readonly string[] = ['nr_scanned', 'nr_taken', 'nr_reclaimed', 'nr_dirty'];

function sumRows(summary: TraceSummary, duration: Duration): readonly TracedRow[] {
  const { field_sums, reclaim_pairs, kswapd_awake } = summary;
  return [
    ...Object.entries(field_sums).flatMap(([event, sums]) =>
      MAIN_FIELDS.filter((field) => field in sums).map((field) =>
        rowOf(`${event} ${field}`, sums[field]!, `Sum of ${field} over every line of ${event}.`),
      ),
    ),
    ...blockRows(summary, duration),
    ...Object.entries(reclaim_pairs).flatMap(([kind, { pairs, latency_us_sum, latency_us_max }]) => [
      rowOf(`${kind} reclaims, begin to end`, pairs, `mm_vmscan_${kind}_reclaim_begin and its end, matched by pid.`),
      ...duration(`time in ${kind} reclaim`, latency_us_sum, 'From each begin to its end.'),
      ...duration(`longest ${kind} reclaim`, latency_us_max, 'From a begin to its end.'),
    ]),
    ...awakeRows(kswapd_awake, duration),
  ];
}

function blockRows(
  { block, seek_issue_order_sectors, block_issue_to_complete }: TraceSummary,
  duration: Duration,
): readonly TracedRow[] {
  const issued = block.block_rq_issue;
  if (issued === undefined) return [];
  const { matched, us_sum, us_max } = block_issue_to_complete;
  const sectors = 'Sectors of 512 bytes, over block_rq_issue; a request that is issued again counts again.';
  const distinct = 'Each sector once: the size of the union of the requests’ ranges, per device.';
  const seeks =
    'Sum of |sector − end of the request before| over block_rq_issue lines that follow each other on one device; flushes left out, reads and writes each after their own kind.';
  const rows = [
    rowOf('requests issued', issued.count, 'Lines of block_rq_issue, flushes too.'),
    rowOf('sectors written', issued.write_sectors, sectors),
    rowOf('distinct sectors written', issued.write_sectors_distinct, distinct),
    rowOf('sectors read', issued.read_sectors, sectors),
    rowOf('distinct sectors read', issued.read_sectors_distinct, distinct),
    ...(['all', 'reads', 'writes'] as const).flatMap((part) => {
      const sum = seek_issue_order_sectors[part];
      if (sum === undefined) return [];
      const of = part === 'all' ? '' : ` of ${part}`;
      return [rowOf(`seek sum${of} in issue order, sectors`, sum.abs_from_prev_end, seeks)];
    }),
  ];
  if (matched === 0) return rows;
  const wait = 'From issue to completion, matched by device, sector and count.';
  return [
    ...rows,
    ...duration('mean time from issue to completion', us_sum / matched, wait),
    ...duration('longest time from issue to completion', us_max, wait),
  ];
}

function awakeRows(
  { intervals, us_sum, still_awake_at_end }: TraceSummary['kswapd_awake'],
  duration: Duration,
): readonly TracedRow[] {
  if (intervals + still_awake_at_end === 0) return [];
  return [
    rowOf(
      'times that kswapd woke',
      intervals + still_awake_at_end,
      'From its full sleep; wakes while it is awake left out.',
    ),
    ...duration('time that kswapd was awake', us_sum, AWAKE),
  ];
}

const AWAKE =
  'From the first mm_vmscan_kswapd_wake to the next mm_vmscan_kswapd_sleep of the same pid; wakes while it is awake do not restart it.';

function groupRows({ writeback, reclaim }: Groups, duration: Duration): readonly TracedRow[] {
  return [
    ...writeback.flatMap(({ cgroupIno, events, pagesWritten }) => [
      rowOf(
        `cgroup ${cgroupIno}, writeback events`,
        events,
        'Lines with this cgroup_ino, the inode of the group’s directory.',
      ),
      rowOf(
        `cgroup ${cgroupIno}, pages written back`,
        pagesWritten,
        'Sum of wrote over its writeback_single_inode lines.',
      ),
    ]),
    ...reclaim.flatMap(({ task, reclaims, pagesReclaimed, micros }) => [
      rowOf(`${task}, memory cgroup reclaims`, reclaims, `mm_vmscan_memcg_reclaim_begin and its end. ${NAMELESS}`),
      rowOf(`${task}, pages reclaimed`, pagesReclaimed, `nr_reclaimed of mm_vmscan_memcg_reclaim_end. ${NAMELESS}`),
      ...duration(`${task}, time in memory cgroup reclaim`, micros, 'From each begin to its end.'),
    ]),
  ];
}
const NAMELESS = 'No event says of which group.';

/** A stretch of time in the unit of the trace's clock; no row where the text has no clock. */
type Duration = (label: string, value: number, definition: string) => readonly TracedRow[];

function durationOf(clock: TraceClock): Duration {
  if (clock === 'none') return () => [];
  const text = (value: number) =>
    clock === 'seconds' ? `${(value / 1e6).toFixed(6)} s` : `${Math.round(value)} counts`;
  return (label, value, definition) => [rowOf(label, text(value), definition)];
}
