import type { Ns } from '../../abi/units.ts';
import type { RequestHistory } from '../../store/request-history.ts';
import { short } from '../shared/format.ts';

/** What a drive did with its time (R7.10): moved the head, waited for the platter, moved data; and the rest, its command overhead. */
export interface Split {
  readonly seekNs: Ns;
  readonly rotateNs: Ns;
  readonly transferNs: Ns;
  readonly otherNs: Ns;
}

export const PARTS = ['seek', 'rotate', 'transfer'] as const;
const NOTHING: Split = { seekNs: 0, rotateNs: 0, transferNs: 0, otherNs: 0 };

/** A finished request's own. */
export const splitOfRow = (requests: RequestHistory, row: number): Split => splitOfRows(requests, row, row + 1);

/** Summed over the requests that finished in the time that is drawn. */
export const splitOfWindow = (requests: RequestHistory, atNs: Ns, windowNs: Ns): Split =>
  splitOfRows(requests, requests.endedBy(atNs - windowNs), requests.endedBy(atNs));

function splitOfRows({ columns }: RequestHistory, first: number, last: number): Split {
  let { seekNs, rotateNs, transferNs, otherNs } = NOTHING;
  for (let row = first; row < last; row++) {
    const wholeNs = columns.endNs[row]! - columns.startNs[row]!;
    const partsNs = columns.seekNs[row]! + columns.rotateNs[row]! + columns.transferNs[row]!;
    seekNs += columns.seekNs[row]!;
    rotateNs += columns.rotateNs[row]!;
    transferNs += columns.transferNs[row]!;
    otherNs += Math.max(0, wholeNs - partsNs);
  }
  return { seekNs, rotateNs, transferNs, otherNs };
}

export const wholeOf = ({ seekNs, rotateNs, transferNs, otherNs }: Split): Ns =>
  seekNs + rotateNs + transferNs + otherNs;

/** The three parts in one unit, which stands behind the last: "5.1", "3.9", "0.2 ms". */
export function partWords(split: Split): readonly [string, string, string] {
  const inSeconds = wholeOf(split) >= 1e9;
  const [seek, rotate, transfer] = [split.seekNs, split.rotateNs, split.transferNs].map((ns) =>
    short(Number((ns / (inSeconds ? 1e9 : 1e6)).toFixed(2))),
  ) as [string, string, string];
  return [seek, rotate, `${transfer} ${inSeconds ? 's' : 'ms'}`];
}
