import { fieldOf, printedTime, type ReadTrace } from '../../abi/trace-table.ts';
import { BlockCounts } from './block.ts';
import { type Exact, exactOf, plus } from './exact.ts';
import { InFlight } from './in-flight.ts';
import { bump, byCount, byName, type Counter, countAll, TraceRows } from './pass.ts';
import { SeekOrder, type Seeks } from './seeks.ts';

/** Counts and sums of blkparse's text. Actions by its letters: Q queued, I inserted, D issued, C completed, R requeued, … */
export interface BlkparseSummary {
  readonly lines: number;
  readonly event_lines: number;
  /** The totals per CPU and device at its end, and empty lines. */
  readonly other_lines_summary_footer: number;
  readonly first_ns: Exact;
  readonly last_ns: Exact;
  readonly timestamps_going_back: number;
  readonly cpus: Readonly<Record<string, number>>;
  readonly actions: Readonly<Record<string, number>>;
  readonly actions_by_rwbs: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Of lines with a length. */
  readonly requests_and_sectors_by_action_rwbs: Readonly<Record<string, readonly [number, Exact]>>;
  readonly D_write_sectors_distinct: Exact;
  readonly D_write_distinct_start_sectors: number;
  readonly seek_D_order_sectors: Seeks;
  readonly D_to_C: { readonly matched: number; readonly ns_sum: number; readonly ns_max: number };
  readonly _definitions: string;
}

const DEFINITIONS =
  'as in summary.json of the ftrace text; sectors are 512 bytes; C lines of requeued requests match the last D';

export function summarizeBlkparse({ table, reading }: ReadTrace): BlkparseSummary {
  const rows = new TraceRows(table);
  const actions = new ActionCounts(rows);
  const block = new BlockCounts(rows);
  const issued = new SeekOrder(rows, 'block_rq_issue');
  const inFlight = new InFlight(rows, (row) => table.timeNs[row]!);
  countAll(table, [actions.lines, block.requests, issued.requests, inFlight.requests]);
  const { matched, us_sum, us_max } = inFlight.result;
  return {
    lines: reading.lines,
    event_lines: reading.eventLines,
    other_lines_summary_footer: reading.footerLines + reading.emptyLines,
    first_ns: timeOf(table, 0),
    last_ns: timeOf(table, table.count - 1),
    timestamps_going_back: reading.timesGoingBack,
    cpus: byName(actions.cpus),
    ...actions.result,
    D_write_sectors_distinct: block.result.block_rq_issue?.write_sectors_distinct ?? 0,
    D_write_distinct_start_sectors: block.distinctWriteStarts('block_rq_issue'),
    seek_D_order_sectors: issued.result,
    D_to_C: { matched, ns_sum: us_sum, ns_max: us_max },
    _definitions: DEFINITIONS,
  };
}

const timeOf = (table: ReadTrace['table'], row: number): Exact => plus(printedTime(table, row), 0);

class ActionCounts {
  readonly cpus = new Map<string, number>();
  private readonly rows: TraceRows;
  private readonly actions = new Map<string, number>();
  private readonly letters = new Map<string, Map<string, number>>();
  private readonly sized = new Map<string, [number, Exact]>();

  constructor(rows: TraceRows) {
    this.rows = rows;
  }

  readonly lines: Counter = (shape) => {
    const [action, rwbs, count] = [fieldOf(shape, 'action'), fieldOf(shape, 'rwbs'), fieldOf(shape, 'nr_sector')];
    return (row) => {
      bump(this.cpus, String(this.rows.table.cpu[row]!));
      this.add(
        this.rows.text(row, action),
        this.rows.text(row, rwbs),
        count < 0 ? 0 : exactOf(this.rows.values, row, count),
      );
    };
  };

  private add(action: string, rwbs: string, sectors: Exact): void {
    bump(this.actions, action);
    const letters = this.letters.get(action) ?? new Map<string, number>();
    this.letters.set(action, letters);
    bump(letters, rwbs);
    if (sectors === 0) return;
    const [requests, total] = this.sized.get(`${action} ${rwbs}`) ?? [0, 0];
    this.sized.set(`${action} ${rwbs}`, [requests + 1, plus(total, sectors)]);
  }

  get result(): Pick<BlkparseSummary, 'actions' | 'actions_by_rwbs' | 'requests_and_sectors_by_action_rwbs'> {
    return {
      actions: Object.fromEntries(this.actions),
      actions_by_rwbs: Object.fromEntries([...this.letters].map(([action, counts]) => [action, byCount(counts)])),
      requests_and_sectors_by_action_rwbs: Object.fromEntries(this.sized),
    };
  }
}
