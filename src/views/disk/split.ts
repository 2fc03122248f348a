import type { Thing } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { Ns } from '../../abi/units.ts';
import type { RequestHistory } from '../../store/request-history.ts';
import { percent, short } from '../shared/format.ts';
import { rowOf } from '../shared/thing-words.ts';

/** What a drive did with its time (R7.10): moved the head, waited for the platter, moved data; and the rest, its command overhead. */
export interface Split {
  readonly seekNs: Ns;
  readonly rotateNs: Ns;
  readonly transferNs: Ns;
  readonly otherNs: Ns;
}

/** The parts in their order, and what explains each. */
export const PARTS = [
  { name: 'seek', of: 'seekNs', definition: 'disk_seek_s' },
  { name: 'rotate', of: 'rotateNs', definition: 'disk_rotate_s' },
  { name: 'transfer', of: 'transferNs', definition: 'disk_transfer_s' },
  { name: 'command', of: 'otherNs', definition: 'disk:command' },
] as const satisfies readonly { readonly name: string; readonly of: keyof Split; readonly definition: string }[];

/** Of requests that a kernel traced. */
export const NO_SPLIT = 'Not in this trace: what the drive does with a request.';

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

/** Requests of a trace have no parts. */
export const hasSplit = ({ columns }: RequestHistory, row: number): boolean => !Number.isNaN(columns.seekNs[row]);

export const wholeOf = ({ seekNs, rotateNs, transferNs, otherNs }: Split): Ns =>
  seekNs + rotateNs + transferNs + otherNs;

/** The request that is told of: the one under the pointer, else the pinned one, else the last that has finished. */
export function toldRow(
  requests: RequestHistory,
  atNs: Ns,
  machine: MachineId,
  hovered: Thing | undefined,
  pinned: Thing | undefined,
): { readonly row: number; readonly which: 'this one' | 'pinned' | 'last one' } | undefined {
  const ended = requests.endedBy(atNs);
  const find = (thing: Thing | undefined) =>
    thing?.kind === 'request' && thing.machine === machine && thing.startNs >= 0
      ? rowOf(thing, requests.columns, ended)
      : -1;
  const choices = [
    { row: find(hovered), which: 'this one' },
    { row: find(pinned), which: 'pinned' },
    { row: ended - 1, which: 'last one' },
  ] as const;
  return choices.find(({ row }) => row >= 0);
}

/** The parts in ms; the unit stands behind the last. */
export const partWords = (split: Split): readonly string[] =>
  PARTS.map(({ of }) => short(Number((split[of] / 1e6).toFixed(2))));

/** Their shares of the whole, in whole percents; of no time at all: none. */
export function shareWords(split: Split): readonly string[] {
  const whole = wholeOf(split);
  return PARTS.map(({ of }) => (whole === 0 ? '–' : percent(Math.round((100 * split[of]) / whole) / 100)));
}
