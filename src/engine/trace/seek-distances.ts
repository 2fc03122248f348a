import type { Sector } from '../../abi/units.ts';

const DISKS_MOST = 4;
/** Per disk: requests, those that are no seek left out; sectors between them; where the last one began and ended. */
const SEEKS = 0;
const SECTORS = 1;
const LAST_START = 2;
const LAST_END = 3;
const COLUMNS = 4;

/**
 * Seeks as btt counts them by default (btt/seek.c:seek_dist): no seek where a request touches the one before it; else from its
 * end to the start of the new one, or for one that lies before it from start to start. Counted beside the machine, like the trace.
 */
export class SeekDistances {
  readonly tally = new Float64Array(DISKS_MOST * COLUMNS);

  note(disk: number, start: Sector, sectors: Sector): void {
    const { tally } = this;
    const at = disk * COLUMNS;
    const end = start + sectors;
    const distance = seekDistance(tally[at + LAST_START]!, tally[at + LAST_END]!, start, end);
    if (distance !== 0) tally[at + SEEKS]!++;
    tally[at + SECTORS]! += distance;
    tally[at + LAST_START] = start;
    tally[at + LAST_END] = end;
  }

  seeksOf(disk: number): number {
    return this.tally[disk * COLUMNS + SEEKS]!;
  }

  sectorsOf(disk: number): Sector {
    return this.tally[disk * COLUMNS + SECTORS]!;
  }
}

function seekDistance(lastStart: Sector, lastEnd: Sector, start: Sector, end: Sector): Sector {
  if (lastStart <= start && start <= lastEnd) return 0;
  if (lastStart <= end && end <= lastEnd) return 0;
  return start > lastEnd ? start - lastEnd : Math.abs(start - lastStart);
}
