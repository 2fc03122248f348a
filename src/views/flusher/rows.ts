import type { FlusherFrame, InodeFrame } from '../../abi/look.ts';

/** One line of the table, each as tall as the others: the bars are drawn by row. */
export type Row =
  | { readonly kind: 'flusher'; readonly flusher: FlusherFrame }
  | { readonly kind: 'works'; readonly flusher: FlusherFrame }
  | { readonly kind: 'empty'; readonly flusher: FlusherFrame; readonly lists: readonly ListName[] }
  | { readonly kind: 'list'; readonly flusher: FlusherFrame; readonly list: ListName; readonly inodes: number }
  | { readonly kind: 'inode'; readonly flusher: FlusherFrame; readonly list: ListName; readonly inode: InodeFrame }
  | { readonly kind: 'more'; readonly flusher: FlusherFrame; readonly list: ListName; readonly inodes: number };

export type ListName = 'b_dirty' | 'b_io' | 'b_more_io';
export const ROW_PX = 17;
/** Of the newest and of the oldest, which is the next to be written. */
const SHOWN_NEWEST = 3;
const SHOWN_OLDEST = 2;

const LISTS = [
  ['b_dirty', 'bDirty'],
  ['b_io', 'bIo'],
  ['b_more_io', 'bMoreIo'],
] as const satisfies readonly (readonly [ListName, keyof FlusherFrame])[];

/** Every flusher with its lists, newest inode first; of a long list the two ends; empty lists share a line. */
export function rowsOf(flushers: readonly FlusherFrame[]): readonly Row[] {
  return flushers.flatMap((flusher): Row[] => {
    const full = LISTS.filter(([, field]) => flusher[field].length > 0);
    const empty = LISTS.filter(([, field]) => flusher[field].length === 0).map(([list]) => list);
    return [
      { kind: 'flusher', flusher },
      ...(flusher.waiting.length > 0 ? [{ kind: 'works', flusher } as const] : []),
      ...full.flatMap(([list, field]): Row[] => [
        { kind: 'list', flusher, list, inodes: flusher[field].length },
        ...inodeRows(flusher, list, flusher[field]),
      ]),
      ...(empty.length > 0 ? [{ kind: 'empty', flusher, lists: empty } as const] : []),
    ];
  });
}

function inodeRows(flusher: FlusherFrame, list: ListName, inodes: readonly InodeFrame[]): Row[] {
  const row = (inode: InodeFrame): Row => ({ kind: 'inode', flusher, list, inode });
  const hidden = inodes.length - SHOWN_NEWEST - SHOWN_OLDEST;
  // A line that says "and 1 more" takes the room of that one.
  if (hidden <= 1) return inodes.map(row);
  return [
    ...inodes.slice(0, SHOWN_NEWEST).map(row),
    { kind: 'more', flusher, list, inodes: hidden },
    ...inodes.slice(-SHOWN_OLDEST).map(row),
  ];
}
