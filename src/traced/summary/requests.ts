import { fieldOf, type TraceShape } from '../../abi/trace-table.ts';
import { type Exact, exactOf } from './exact.ts';
import type { Take, TraceRows } from './pass.ts';

export type Direction = 'writes' | 'reads' | 'neither';

/** What a block event says of its request. `dev` and `rwbs` as printed: `8,0`, `WSM`. */
export interface RequestLine {
  readonly dev: string;
  readonly rwbs: string;
  readonly direction: Direction;
  readonly sector: Exact;
  readonly count: Exact;
  readonly row: number;
}

/** Flushes (FF) neither read nor write; what carries a W writes, also where it flushes first. */
export const directionOf = (rwbs: string): Direction =>
  rwbs.includes('W') ? 'writes' : rwbs.includes('R') ? 'reads' : 'neither';

/** Reads the requests of one shape, undefined where it has none. blkparse prints no length of a flush: it is 0. */
export function requestsOf(rows: TraceRows, shape: TraceShape, take: (request: RequestLine) => void): Take | undefined {
  const [dev, rwbs, sector, count] = ['dev', 'rwbs', 'sector', 'nr_sector'].map((name) => fieldOf(shape, name)) as [
    number,
    number,
    number,
    number,
  ];
  if (dev < 0) return undefined;
  return (row) => {
    const letters = rows.text(row, rwbs);
    take({
      dev: rows.text(row, dev),
      rwbs: letters,
      direction: directionOf(letters),
      sector: exactOf(rows.values, row, sector),
      count: exactOf(rows.values, row, count),
      row,
    });
  };
}
