import { type Exact, plus } from './exact.ts';

const FIRST_ROOM = 1024;

/** Numbers in the order in which they come, growing by doubling. */
class Column {
  private values = new Float64Array(FIRST_ROOM);
  private count = 0;

  push(value: number): void {
    if (this.count === this.values.length) {
      const grown = new Float64Array(this.count * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.count++] = value;
  }

  sorted(): Float64Array {
    return this.values.slice(0, this.count).sort();
  }
}

/** Ranges of sectors of one device, and the size of their union. */
export class SectorRanges {
  private readonly starts = new Column();
  private readonly ends = new Column();
  /** Ranges beyond what a double holds to the digit: no disk is as large, but a text can say so. */
  private readonly wide: [bigint, bigint][] = [];

  add(sector: Exact, count: Exact): void {
    const end = plus(sector, count);
    if (typeof sector === 'number' && typeof end === 'number') {
      this.starts.push(sector);
      this.ends.push(end);
    } else {
      this.wide.push([BigInt(sector), BigInt(end)]);
    }
  }

  /** Sectors in at least one range. */
  get distinct(): Exact {
    const starts = this.starts.sorted();
    const ends = this.ends.sorted();
    let total: Exact = 0;
    let open = 0;
    let from = 0;
    for (let start = 0, end = 0; end < ends.length; ) {
      if (start < starts.length && starts[start]! <= ends[end]!) {
        if (open++ === 0) from = starts[start]!;
        start++;
      } else {
        if (--open === 0) total = plus(total, ends[end]! - from);
        end++;
      }
    }
    return plus(total, this.distinctWide());
  }

  private distinctWide(): bigint {
    let total = 0n;
    let reached = 0n;
    for (const [start, end] of [...this.wide].sort(([left], [right]) => (left < right ? -1 : 1))) {
      const from = start > reached ? start : reached;
      if (end > from) total += end - from;
      if (end > reached) reached = end;
    }
    return total;
  }

  /** Different first sectors. */
  get distinctStarts(): number {
    let count = new Set(this.wide.map(([start]) => start)).size;
    let last = Number.NaN;
    for (const start of this.starts.sorted()) {
      if (start !== last) count++;
      last = start;
    }
    return count;
  }
}
