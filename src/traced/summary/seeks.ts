import { distance, type Exact, plus } from './exact.ts';
import type { Counter, TraceRows } from './pass.ts';
import { type RequestLine, requestsOf } from './requests.ts';

/** Distances between requests that follow each other on one device, in sectors of 512 bytes. */
interface SeekSum {
  readonly pairs: number;
  readonly abs_from_prev_end: Exact;
  readonly abs_from_prev_start: Exact;
  readonly sequential: number;
  readonly backward: number;
}
export type Seeks = Partial<Record<'all' | 'reads' | 'writes', SeekSum>>;

class SeekCount {
  private readonly previous = new Map<string, RequestLine>();
  private pairs = 0;
  private fromEnd: Exact = 0;
  private fromStart: Exact = 0;
  private sequential = 0;
  private backward = 0;

  add(request: RequestLine): void {
    const previous = this.previous.get(request.dev);
    this.previous.set(request.dev, request);
    if (previous === undefined) return;
    const end = plus(previous.sector, previous.count);
    this.pairs++;
    this.fromEnd = plus(this.fromEnd, distance(request.sector, end));
    this.fromStart = plus(this.fromStart, distance(request.sector, previous.sector));
    if (request.sector === end) this.sequential++;
    if (request.sector < end) this.backward++;
  }

  get result(): SeekSum {
    return {
      pairs: this.pairs,
      abs_from_prev_end: this.fromEnd,
      abs_from_prev_start: this.fromStart,
      sequential: this.sequential,
      backward: this.backward,
    };
  }
}

/** Over the lines of one event in the order of the text; requests without length (flushes) are no place to seek to. */
export class SeekOrder {
  private readonly rows: TraceRows;
  private readonly event: string;
  private readonly counts = new Map<keyof Seeks, SeekCount>();

  constructor(rows: TraceRows, event: string) {
    this.rows = rows;
    this.event = event;
  }

  readonly requests: Counter = (shape) => {
    if (shape.event !== this.event) return undefined;
    return requestsOf(this.rows, shape, (request) => {
      if (request.count === 0) return;
      this.add('all', request);
      if (request.direction !== 'neither') this.add(request.direction, request);
    });
  };

  private add(part: keyof Seeks, request: RequestLine): void {
    const count = this.counts.get(part) ?? new SeekCount();
    this.counts.set(part, count);
    count.add(request);
  }

  get result(): Seeks {
    return Object.fromEntries([...this.counts].map(([part, count]) => [part, count.result]));
  }
}
