/** Rows of numbers that grow, and forget the oldest half when they reach `most`: nobody may fill memory by not looking. */
export class Rows {
  private data: Float64Array;
  private count = 0;
  private readonly width: number;
  private readonly most: number;

  constructor(width: number, most: number) {
    this.width = width;
    this.most = most;
    this.data = new Float64Array(width * 256);
  }

  /** Where the values of a new row go in `values`. */
  add(): number {
    if (this.count === this.most) this.forgetOldestHalf();
    const at = this.count * this.width;
    if (at === this.data.length) {
      const wider = new Float64Array(this.data.length * 2);
      wider.set(this.data);
      this.data = wider;
    }
    this.count++;
    return at;
  }

  get values(): Float64Array {
    return this.data;
  }

  /** Drops rows from the newest on while `isLater` says so of their first value. */
  cutAfter(first: number): void {
    while (this.count > 0 && this.data[(this.count - 1) * this.width]! > first) this.count--;
  }

  /** All rows since the last take, oldest first; they are handed over once. */
  take(): {
    readonly count: number;
    readonly column: (at: number) => Float64Array;
    readonly block: (from: number, columns: number) => Float64Array;
  } {
    const { width, count } = this;
    const data = this.data.slice(0, count * width);
    this.count = 0;
    return {
      count,
      column: (at) => Float64Array.from({ length: count }, (_, row) => data[row * width + at]!),
      block: (from, columns) =>
        Float64Array.from(
          { length: count * columns },
          (_, cell) => data[Math.floor(cell / columns) * width + from + (cell % columns)]!,
        ),
    };
  }

  private forgetOldestHalf(): void {
    const half = this.count >> 1;
    this.data.copyWithin(0, half * this.width, this.count * this.width);
    this.count -= half;
  }
}
