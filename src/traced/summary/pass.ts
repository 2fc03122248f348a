import { type TraceShape, type TraceTable, TraceValues } from '../../abi/trace-table.ts';

/** What a counter does with one row. */
export type Take = (row: number) => void;

/** A part of the summary: says for a shape what it does with its rows, or that it does not count them. */
export type Counter = (shape: TraceShape) => Take | undefined;

/** Hands every row to the counters that want its shape, in one pass over the table. */
export function countAll(table: TraceTable, counters: readonly Counter[]): void {
  const takes = table.shapes.map((shape) =>
    counters.map((counter) => counter(shape)).filter((take) => take !== undefined),
  );
  for (let row = 0; row < table.count; row++) {
    for (const take of takes[table.shape[row]!]!) take(row);
  }
}

/** What the counters read of a table. */
export class TraceRows {
  readonly values: TraceValues;
  readonly table: TraceTable;
  private readonly originMicros: number;
  private readonly originRest: number;
  private readonly whose: readonly Who[];

  constructor(table: TraceTable) {
    this.table = table;
    this.values = new TraceValues(table);
    const perMicro = table.clock === 'seconds' ? 1000n : 1n;
    this.originMicros = Number(table.originNs / perMicro);
    this.originRest = Number(table.originNs % perMicro);
    this.whose = table.tasks.map(({ name, pid }) => {
      if (name === '' && pid === -1) return 'unknown';
      return /^kswapd\d+$/.test(name) ? 'kswapd' : 'other';
    });
  }

  /** Microseconds as printed; of a clock that counts no time the count itself; NaN without a clock. */
  micros(row: number): number {
    const since = this.table.timeNs[row]!;
    if (this.table.clock !== 'seconds') return this.originMicros + since;
    return this.originMicros + Math.floor((this.originRest + since) / 1000);
  }

  pid(row: number): number {
    return this.table.tasks[this.table.task[row]!]!.pid;
  }

  /** `name-pid`, as ftrace prints it. */
  task(row: number): string {
    const { name, pid } = this.table.tasks[this.table.task[row]!]!;
    return `${name}-${pid}`;
  }

  /** Whether a row's task is a kswapd, by its name. */
  who(row: number): Who {
    return this.whose[this.table.task[row]!]!;
  }

  /** False: the text has no task column. */
  get knowsTasks(): boolean {
    return this.whose.some((who) => who !== 'unknown');
  }

  /** A text field as printed; empty where the shape has none of that name. */
  text(row: number, field: number): string {
    return field < 0 ? '' : this.values.text(row, field);
  }
}

/** 'unknown': the line says no task. */
export type Who = 'kswapd' | 'other' | 'unknown';

/** One more of a name. */
export function bump(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** The most frequent first, at most `limit`; those of the same count in the order in which they came. */
export const byCount = (
  counts: ReadonlyMap<string, number>,
  limit = Number.POSITIVE_INFINITY,
): Record<string, number> =>
  Object.fromEntries([...counts].sort(([, left], [, right]) => right - left).slice(0, limit));

/** In the order of the names. */
export const byName = <T>(entries: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));
