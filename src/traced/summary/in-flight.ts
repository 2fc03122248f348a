import { fieldOf } from '../../abi/trace-table.ts';
import type { Counter, TraceRows } from './pass.ts';
import { type RequestLine, requestsOf } from './requests.ts';

/** From the issue of a request to its completion, matched by device, sector and count. */
export interface IssueToComplete {
  readonly matched: number;
  readonly us_sum: number;
  readonly us_max: number;
  readonly complete_without_issue: number;
  readonly issued_not_completed: number;
  readonly max_outstanding: number;
  readonly complete_with_nonzero_error: number;
}

const keyOf = ({ dev, sector, count }: RequestLine): string => `${dev} ${sector} ${count}`;

/** `timeOf` gives a row's time in the unit that the sums shall have. */
export class InFlight {
  private readonly rows: TraceRows;
  private readonly timeOf: (row: number) => number;
  private readonly issued = new Map<string, number>();
  private matched = 0;
  private sum = 0;
  private max = 0;
  private withoutIssue = 0;
  private outstanding = 0;
  private errors = 0;

  constructor(rows: TraceRows, timeOf: (row: number) => number) {
    this.rows = rows;
    this.timeOf = timeOf;
  }

  readonly requests: Counter = (shape) => {
    const take = this.takeOf(shape.event);
    if (take === undefined) return undefined;
    return requestsOf(this.rows, shape, (request) => {
      if (request.count !== 0) take(request);
    });
  };

  /** A requeue takes the request back; the same request issued again counts from its second issue. */
  private takeOf(event: string): ((request: RequestLine) => void) | undefined {
    switch (event) {
      case 'block_rq_issue':
        return (request) => {
          this.issued.set(keyOf(request), this.timeOf(request.row));
          this.outstanding = Math.max(this.outstanding, this.issued.size);
        };
      case 'block_rq_requeue':
        return (request) => this.issued.delete(keyOf(request));
      case 'block_rq_complete':
        return (request) => this.complete(request);
      default:
        return undefined;
    }
  }

  private complete(request: RequestLine): void {
    const key = keyOf(request);
    const issued = this.issued.get(key);
    if (issued === undefined) {
      this.withoutIssue++;
      return;
    }
    const took = this.timeOf(request.row) - issued;
    this.issued.delete(key);
    this.matched++;
    this.sum += took;
    this.max = Math.max(this.max, took);
  }

  readonly failures: Counter = (shape) => {
    const error = fieldOf(shape, 'error');
    if (shape.event !== 'block_rq_complete' || error < 0) return undefined;
    return (row) => {
      if (this.rows.values.number(row, error) !== 0) this.errors++;
    };
  };

  get result(): IssueToComplete {
    return {
      matched: this.matched,
      us_sum: this.sum,
      us_max: this.max,
      complete_without_issue: this.withoutIssue,
      issued_not_completed: this.issued.size,
      max_outstanding: this.outstanding,
      complete_with_nonzero_error: this.errors,
    };
  }
}
