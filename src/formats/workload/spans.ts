import { type Bytes, PAGE_BYTES } from '../../abi/units.ts';
import { EVENT, type EventRows } from './rows.ts';

/** Per inode: page ranges, ascending and apart; start (included) and end (not) by turns. */
export type PageSpans = ReadonlyMap<number, Float64Array>;

/** Every page that a write call overlaps, whenever: the dirtying of such a page is the call's doing. */
export function writtenSpans(rows: EventRows): PageSpans {
  const callsOf = new Map<number, number[]>();
  for (let row = 0; row < rows.count; row++) {
    if (rows.event[row] !== EVENT.WRITE || rows.length[row] === 0) continue;
    const calls = callsOf.get(rows.inode[row]!);
    if (calls) calls.push(row);
    else callsOf.set(rows.inode[row]!, [row]);
  }
  return new Map([...callsOf].map(([inode, calls]) => [inode, united(rows, calls)]));
}

function united(rows: EventRows, calls: number[]): Float64Array {
  const spans: number[] = [];
  for (const row of calls.sort((a, b) => rows.pos[a]! - rows.pos[b]!)) {
    const first = Math.floor(rows.pos[row]! / PAGE_BYTES);
    const end = Math.ceil((rows.pos[row]! + rows.length[row]!) / PAGE_BYTES);
    const lastEnd = spans.at(-1) ?? -1;
    if (first > lastEnd) spans.push(first, end);
    else spans[spans.length - 1] = Math.max(lastEnd, end);
  }
  return Float64Array.from(spans);
}

export function coversPage(spans: PageSpans, inode: number, pos: Bytes): boolean {
  const bounds = spans.get(inode);
  if (!bounds) return false;
  const page = pos / PAGE_BYTES;
  let low = 0;
  let high = bounds.length; // number of bounds at or before the page: odd inside a span
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! <= page) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}
