import type { FlusherFrame } from '../../abi/look.ts';
import type { Ns } from '../../abi/units.ts';
import type { Table, TablesOf } from '../shared/table.ts';
import { ageWords, doingWords, placeWords } from './text.ts';

/** Every flusher with all of its inodes, each list newest first. */
export const tables: TablesOf = ({ frame: { flushers = [], nowNs } }) =>
  flushers.map((flusher) => tableOf(flusher, nowNs));

function tableOf(flusher: FlusherFrame, nowNs: Ns): Table {
  const lists = [
    ['b_dirty', flusher.bDirty],
    ['b_io', flusher.bIo],
    ['b_more_io', flusher.bMoreIo],
  ] as const;
  return {
    caption: `${flusher.name} (${placeWords(flusher)}): ${doingWords(flusher)}`,
    head: ['inode', 'list', 'dirty', 'writeback', 'age, s', 'I_SYNC'],
    rows: lists.flatMap(([list, inodes]) =>
      inodes.map((inode) => [
        inode.name,
        list,
        inode.dirtyPages,
        inode.writebackPages,
        ageWords(inode, nowNs),
        inode.writer,
      ]),
    ),
  };
}
