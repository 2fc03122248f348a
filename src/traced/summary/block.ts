import { type Exact, plus } from './exact.ts';
import { bump, byCount, byName, type Counter, type TraceRows } from './pass.ts';
import { type RequestLine, requestsOf } from './requests.ts';
import { SectorRanges } from './sector-ranges.ts';

/** Requests of one block event. Sectors are 512 bytes; a union of ranges counts each sector once. */
export interface BlockCount {
  readonly count: number;
  readonly sectors: Exact;
  /** Flushes, and the second completion of a journal's commit. */
  readonly zero_length: number;
  readonly by_device: Readonly<Record<string, number>>;
  readonly by_rwbs_count_sectors: Readonly<Record<string, readonly [number, Exact]>>;
  /** Of those with a length. */
  readonly write_requests: number;
  readonly write_sectors: Exact;
  readonly write_sectors_distinct: Exact;
  readonly read_requests: number;
  readonly read_sectors: Exact;
  readonly read_sectors_distinct: Exact;
  readonly distinct_start_sectors: number;
  readonly request_sizes_sectors_top: Readonly<Record<string, number>>;
}

const SIZES_SHOWN = 12;

/** Ranges of one direction, per device: sector 8 of one disk is not sector 8 of another. */
class Ranges {
  private readonly devices = new Map<string, SectorRanges>();

  add({ dev, sector, count }: RequestLine): void {
    const ranges = this.devices.get(dev) ?? new SectorRanges();
    this.devices.set(dev, ranges);
    ranges.add(sector, count);
  }

  total(read: (ranges: SectorRanges) => Exact): Exact {
    return [...this.devices.values()].reduce((sum: Exact, ranges) => plus(sum, read(ranges)), 0);
  }
}

/** Counts the requests of one event. */
class RequestCount {
  private count = 0;
  private zeroLength = 0;
  private readonly devices = new Map<string, number>();
  private readonly sizes = new Map<string, number>();
  private readonly letters = new Map<string, { requests: number; sectors: Exact }>();
  private readonly directions = {
    writes: { requests: 0, sectors: 0 as Exact },
    reads: { requests: 0, sectors: 0 as Exact },
    neither: { requests: 0, sectors: 0 as Exact },
  };
  private readonly ranges = { writes: new Ranges(), reads: new Ranges(), all: new Ranges() };

  add(request: RequestLine): void {
    const { dev, rwbs, direction, count } = request;
    this.count++;
    bump(this.devices, dev);
    const letters = this.letters.get(rwbs) ?? { requests: 0, sectors: 0 };
    this.letters.set(rwbs, letters);
    letters.requests++;
    letters.sectors = plus(letters.sectors, count);
    if (count === 0) {
      this.zeroLength++;
      return;
    }
    const total = this.directions[direction];
    total.requests++;
    total.sectors = plus(total.sectors, count);
    bump(this.sizes, String(count));
    this.ranges.all.add(request);
    if (direction !== 'neither') this.ranges[direction].add(request);
  }

  get distinctWriteStarts(): number {
    return Number(this.ranges.writes.total((ranges) => ranges.distinctStarts));
  }

  get result(): BlockCount {
    const { writes, reads, neither } = this.directions;
    return {
      count: this.count,
      sectors: plus(plus(writes.sectors, reads.sectors), neither.sectors),
      zero_length: this.zeroLength,
      by_device: byCount(this.devices),
      by_rwbs_count_sectors: byName(
        new Map([...this.letters].map(([name, one]) => [name, [one.requests, one.sectors]])),
      ),
      write_requests: writes.requests,
      write_sectors: writes.sectors,
      write_sectors_distinct: this.ranges.writes.total((ranges) => ranges.distinct),
      read_requests: reads.requests,
      read_sectors: reads.sectors,
      read_sectors_distinct: this.ranges.reads.total((ranges) => ranges.distinct),
      distinct_start_sectors: Number(this.ranges.all.total((ranges) => ranges.distinctStarts)),
      request_sizes_sectors_top: byCount(this.sizes, SIZES_SHOWN),
    };
  }
}

const BLOCK_EVENT = /^block_rq_(insert|issue|complete|requeue|merge)$/;

/** Requests per block event. */
export class BlockCounts {
  private readonly rows: TraceRows;
  private readonly counts = new Map<string, RequestCount>();

  constructor(rows: TraceRows) {
    this.rows = rows;
  }

  readonly requests: Counter = (shape) => {
    if (!BLOCK_EVENT.test(shape.event)) return undefined;
    const count = this.counts.get(shape.event) ?? new RequestCount();
    const take = requestsOf(this.rows, shape, (request) => count.add(request));
    if (take !== undefined) this.counts.set(shape.event, count);
    return take;
  };

  /** Different first sectors of an event's writes. */
  distinctWriteStarts(event: string): number {
    return this.counts.get(event)?.distinctWriteStarts ?? 0;
  }

  get result(): Record<string, BlockCount> {
    return Object.fromEntries([...this.counts].map(([event, count]) => [event, count.result]));
  }
}
