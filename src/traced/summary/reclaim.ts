import { fieldOf } from '../../abi/trace-table.ts';
import { bump, byCount, type Counter, type TraceRows } from './pass.ts';

/** Begin and end of the reclaims of one kind, matched by pid. Microseconds as printed. */
export interface ReclaimPairs {
  readonly pairs: number;
  readonly latency_us_sum: number;
  readonly latency_us_max: number;
  readonly latency_us_min: number;
}

export interface KswapdAwake {
  readonly intervals: number;
  readonly us_sum: number;
  readonly still_awake_at_end: number;
}

/** `mm_vmscan_direct_reclaim_begin`, and the same of memory cgroups, soft limits and nodes. */
const RECLAIM_EVENT = /^mm_vmscan_(\w+)_reclaim_(begin|end)$/;
/** Up to 5.18 the first, since then the second. */
export const WRITE_EVENTS: readonly string[] = ['mm_vmscan_writepage', 'mm_vmscan_write_folio'];

interface Kind {
  /** When the reclaim of a pid began. */
  readonly began: Map<number, number>;
  readonly pairs: number[];
  endsWithoutBegin: number;
}

/** When reclaim ran, waited and wrote. What is matched by task is left out of a text that has none. */
export class ReclaimTimes {
  private readonly rows: TraceRows;
  private readonly kinds = new Map<string, Kind>();
  private readonly awakeSince = new Map<number, number>();
  private awakeIntervals = 0;
  private awakeMicros = 0;
  private readonly writes = new Map<string, number>();
  private readonly throttled = new Map<string, number>();

  constructor(rows: TraceRows) {
    this.rows = rows;
  }

  readonly reclaims: Counter = ({ event }) => {
    const match = RECLAIM_EVENT.exec(event);
    if (match === null || !this.rows.knowsTasks) return undefined;
    const kind = this.kinds.get(match[1]!) ?? { began: new Map(), pairs: [], endsWithoutBegin: 0 };
    this.kinds.set(match[1]!, kind);
    if (match[2] === 'begin') return (row) => kind.began.set(this.rows.pid(row), this.rows.micros(row));
    return (row) => this.end(kind, row);
  };

  private end(kind: Kind, row: number): void {
    const pid = this.rows.pid(row);
    const began = kind.began.get(pid);
    if (began === undefined) kind.endsWithoutBegin++;
    else kind.pairs.push(this.rows.micros(row) - began);
    kind.began.delete(pid);
  }

  readonly kswapd: Counter = ({ event }) => {
    if (!this.rows.knowsTasks) return undefined;
    if (event === 'mm_vmscan_kswapd_wake') return (row) => this.wake(row);
    return event === 'mm_vmscan_kswapd_sleep' ? (row) => this.sleep(row) : undefined;
  };

  private wake(row: number): void {
    const pid = this.rows.pid(row);
    if (!this.awakeSince.has(pid)) this.awakeSince.set(pid, this.rows.micros(row));
  }

  private sleep(row: number): void {
    const since = this.awakeSince.get(this.rows.pid(row));
    if (since === undefined) return;
    this.awakeIntervals++;
    this.awakeMicros += this.rows.micros(row) - since;
    this.awakeSince.delete(this.rows.pid(row));
  }

  readonly written: Counter = (shape) => {
    if (!WRITE_EVENTS.includes(shape.event)) return undefined;
    const flags = fieldOf(shape, 'flags');
    return (row) => bump(this.writes, `${this.rows.who(row)} ${this.rows.text(row, flags)}`);
  };

  readonly waits: Counter = (shape) => {
    if (shape.event !== 'mm_vmscan_throttled') return undefined;
    const reason = fieldOf(shape, 'reason');
    return (row) => bump(this.throttled, `${this.rows.who(row)} ${this.rows.text(row, reason)}`);
  };

  get pairs(): Record<string, ReclaimPairs> {
    const met = [...this.kinds].filter(([, { pairs }]) => pairs.length > 0);
    return Object.fromEntries(met.map(([kind, { pairs }]) => [kind, latencies(pairs)]));
  }

  get endWithoutBegin(): Record<string, number> {
    return this.leftOver(({ endsWithoutBegin }) => endsWithoutBegin);
  }

  get beginWithoutEnd(): Record<string, number> {
    return this.leftOver(({ began }) => began.size);
  }

  private leftOver(count: (kind: Kind) => number): Record<string, number> {
    const counts = [...this.kinds].map(([name, kind]) => [name, count(kind)] as const);
    return Object.fromEntries(counts.filter(([, left]) => left > 0));
  }

  get awake(): KswapdAwake {
    return { intervals: this.awakeIntervals, us_sum: this.awakeMicros, still_awake_at_end: this.awakeSince.size };
  }

  get writesByTaskAndFlags(): Record<string, number> {
    return byCount(this.writes);
  }

  get throttledByTaskAndReason(): Record<string, number> {
    return byCount(this.throttled);
  }
}

function latencies(micros: readonly number[]): ReclaimPairs {
  let sum = 0;
  let max = Number.NEGATIVE_INFINITY;
  let min = Number.POSITIVE_INFINITY;
  for (const one of micros) {
    sum += one;
    max = Math.max(max, one);
    min = Math.min(min, one);
  }
  return { pairs: micros.length, latency_us_sum: sum, latency_us_max: max, latency_us_min: min };
}
