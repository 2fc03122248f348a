import { MS, type Ns, PAGE_BYTES } from '../../abi/units.ts';
import { EVENT, type EventRows } from './rows.ts';

/** Rows of one text: from, and up to but without. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** A page event comes some microseconds after its call even on one clock: a shift below this is no shift. */
const SAME_CLOCK_NS: Ns = MS;

/**
 * By how much the clock of the page text (trace.txt) is ahead of the call text's (trace-rw.txt), in ns.
 * Two ring buffers of one kernel may count from starts some 0.1 to 0.3 s apart, constant over the recording;
 * without this a store would come before the fault that mapped its page. Median over pairs that belong together
 * for sure: the first write call on a page and the page's first dirtying; a read of page 0 (which nothing reads
 * ahead of) and its first add. 0 where there is no such pair.
 */
export function clockShiftNs(rows: EventRows, calls: RowRange, pages: RowRange): Ns {
  const dirtiedNs = firstTimes(rows, pages, EVENT.DIRTY);
  const addedNs = firstTimes(rows, pages, EVENT.ADD);
  const shiftsNs: Ns[] = [];
  for (let row = calls.from; row < calls.to; row++) {
    const event = rows.event[row]!;
    const page = Math.floor(rows.pos[row]! / PAGE_BYTES);
    if (event !== EVENT.WRITE && !(event === EVENT.READ && page === 0)) continue;
    const firsts = (event === EVENT.WRITE ? dirtiedNs : addedNs).get(rows.inode[row]!);
    const firstNs = firsts?.get(page);
    if (firstNs === undefined) continue;
    shiftsNs.push(firstNs - rows.timeNs[row]!);
    firsts!.delete(page); // only the first call on a page
  }
  const medianNs = shiftsNs.sort((a, b) => a - b)[shiftsNs.length >> 1] ?? 0;
  return Math.abs(medianNs) < SAME_CLOCK_NS ? 0 : medianNs;
}

/** Inode → page index → time of the first event of this kind. */
function firstTimes(rows: EventRows, range: RowRange, event: number): Map<number, Map<number, Ns>> {
  const times = new Map<number, Map<number, Ns>>();
  for (let row = range.from; row < range.to; row++) {
    if (rows.event[row] !== event) continue;
    const inode = rows.inode[row]!;
    const pages = times.get(inode) ?? new Map<number, Ns>();
    times.set(inode, pages);
    const page = rows.pos[row]! / PAGE_BYTES;
    if (!pages.has(page)) pages.set(page, rows.timeNs[row]!);
  }
  return times;
}

export function shiftClock(rows: EventRows, range: RowRange, byNs: Ns): void {
  for (let row = range.from; row < range.to; row++) rows.timeNs[row] = rows.timeNs[row]! - byNs;
}
