import { fieldOf, type ReadTrace, type TraceTable } from '../../abi/trace-table.ts';
import { type BlockCount, BlockCounts } from './block.ts';
import { DEFINITIONS } from './definitions.ts';
import { InFlight, type IssueToComplete } from './in-flight.ts';
import { bump, byCount, byName, type Counter, countAll, TraceRows, type Who } from './pass.ts';
import { type KswapdAwake, type ReclaimPairs, ReclaimTimes } from './reclaim.ts';
import { SeekOrder, type Seeks } from './seeks.ts';
import { ReclaimSums, type Sums } from './sums.ts';

/** Counts and sums of an ftrace text; `_definitions` says what each counts. Times are NaN where the text has none. */
export interface TraceSummary {
  readonly bytes: number;
  readonly lines: number;
  /** Lines that begin with #, among events too. */
  readonly header_comment_lines: number;
  readonly event_lines: number;
  readonly unparsed_lines: number;
  readonly unparsed_line_numbers_first10: readonly number[];
  readonly lost_events_lines: number;
  readonly lost_events_examples: readonly string[];
  readonly first_timestamp_us: number;
  readonly last_timestamp_us: number;
  readonly duration_us: number;
  readonly timestamps_going_back: number;
  readonly events: Readonly<Record<string, number>>;
  readonly cpus: Readonly<Record<string, number>>;
  readonly tasks: Readonly<Record<string, number>>;
  readonly tasks_distinct: number;
  readonly field_sums: Readonly<Record<string, Sums>>;
  readonly field_sums_kswapd_vs_other: Readonly<Record<string, Partial<Record<Who, Sums>>>>;
  readonly lru_isolate_by_lru: Readonly<Record<string, Sums>>;
  readonly lru_isolate_inactive_kswapd_vs_other: Partial<Record<Who, Sums>>;
  readonly by_order: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly write_folio_by_task_and_flags: Readonly<Record<string, number>>;
  readonly throttled_by_task_and_reason: Readonly<Record<string, number>>;
  readonly reclaim_pairs: Readonly<Record<string, ReclaimPairs>>;
  readonly reclaim_end_without_begin: Readonly<Record<string, number>>;
  readonly reclaim_begin_without_end: Readonly<Record<string, number>>;
  readonly kswapd_awake: KswapdAwake;
  readonly writeback_by_reason: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly block: Readonly<Record<string, BlockCount>>;
  readonly seek_issue_order_sectors: Seeks;
  readonly seek_insert_order_sectors: Seeks;
  readonly block_issue_to_complete: IssueToComplete;
  readonly _definitions: typeof DEFINITIONS;
}

/** In one pass over the table. */
export function summarize({ table, reading }: ReadTrace): TraceSummary {
  const rows = new TraceRows(table);
  const sums = new ReclaimSums(rows);
  const times = new ReclaimTimes(rows);
  const block = new BlockCounts(rows);
  const issued = new SeekOrder(rows, 'block_rq_issue');
  const inserted = new SeekOrder(rows, 'block_rq_insert');
  const inFlight = new InFlight(rows, (row) => rows.micros(row));
  const reasons = new Map<string, Map<string, number>>();
  countAll(table, [
    ...[sums.sums, sums.lists, sums.perOrder, times.reclaims, times.kswapd, times.written, times.waits],
    ...[block.requests, issued.requests, inserted.requests, inFlight.requests, inFlight.failures],
    writebackReasons(rows, reasons),
  ]);
  const first = table.count > 0 ? rows.micros(0) : Number.NaN;
  const last = table.count > 0 ? rows.micros(table.count - 1) : Number.NaN;
  return {
    bytes: reading.bytes,
    lines: reading.lines,
    header_comment_lines: reading.headerLines + reading.bufferStartedLines,
    event_lines: reading.eventLines,
    unparsed_lines: reading.unparsedLines,
    unparsed_line_numbers_first10: reading.unparsed.map(({ line }) => line),
    lost_events_lines: reading.lostLines,
    lost_events_examples: reading.lostExamples,
    first_timestamp_us: first,
    last_timestamp_us: last,
    duration_us: last - first,
    timestamps_going_back: reading.timesGoingBack,
    ...whoAndWhere(table),
    field_sums: sums.fieldSums,
    field_sums_kswapd_vs_other: sums.kswapdVersusOther,
    lru_isolate_by_lru: sums.isolateByLru,
    lru_isolate_inactive_kswapd_vs_other: sums.isolateInactive,
    by_order: sums.byOrder,
    write_folio_by_task_and_flags: times.writesByTaskAndFlags,
    throttled_by_task_and_reason: times.throttledByTaskAndReason,
    reclaim_pairs: times.pairs,
    reclaim_end_without_begin: times.endWithoutBegin,
    reclaim_begin_without_end: times.beginWithoutEnd,
    kswapd_awake: times.awake,
    writeback_by_reason: byName(new Map([...reasons].map(([event, counts]) => [event, byCount(counts)]))),
    block: block.result,
    seek_issue_order_sectors: issued.result,
    seek_insert_order_sectors: inserted.result,
    block_issue_to_complete: inFlight.result,
    _definitions: DEFINITIONS,
  };
}

/** Events by name, the most frequent first. */
export function eventCounts(table: TraceTable): Record<string, number> {
  const perShape = new Float64Array(table.shapes.length);
  for (let row = 0; row < table.count; row++) perShape[table.shape[row]!]!++;
  const counts = new Map<string, number>();
  for (const [shape, count] of perShape.entries()) {
    if (count > 0) bump(counts, table.shapes[shape]!.event, count);
  }
  return byCount(counts);
}

const CPU_DIGITS = 3;

function whoAndWhere(table: TraceTable): Pick<TraceSummary, 'events' | 'cpus' | 'tasks' | 'tasks_distinct'> {
  const perTask = new Float64Array(table.tasks.length);
  const perCpu = new Map<number, number>();
  for (let row = 0; row < table.count; row++) {
    perTask[table.task[row]!]!++;
    perCpu.set(table.cpu[row]!, (perCpu.get(table.cpu[row]!) ?? 0) + 1);
  }
  const tasks = new Map<string, number>();
  for (const [task, count] of perTask.entries()) {
    const { name, pid } = table.tasks[task]!;
    if (count > 0 && name !== '') bump(tasks, `${name}-${pid}`, count);
  }
  perCpu.delete(-1);
  const cpus = new Map([...perCpu].map(([cpu, count]) => [String(cpu).padStart(CPU_DIGITS, '0'), count]));
  return { events: eventCounts(table), cpus: byName(cpus), tasks: byCount(tasks), tasks_distinct: tasks.size };
}

/** What made the flusher write: of every writeback event that says so. */
function writebackReasons(rows: TraceRows, reasons: Map<string, Map<string, number>>): Counter {
  return (shape) => {
    const reason = fieldOf(shape, 'reason');
    if (reason < 0 || !shape.event.startsWith('writeback_')) return undefined;
    const counts = reasons.get(shape.event) ?? new Map<string, number>();
    reasons.set(shape.event, counts);
    return (row) => bump(counts, rows.text(row, reason));
  };
}
