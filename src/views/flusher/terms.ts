import type { MachineFrame } from '../../abi/frame.ts';
import type { FlusherFrame, InodeFrame } from '../../abi/look.ts';
import { group } from '../shared/format.ts';
import type { Term } from '../shared/term.ts';
import { ageWords, doingWords, placeWords } from './text.ts';

/** One line per flusher. */
const perFlusher =
  (read: (flusher: FlusherFrame) => string): Term['of'] =>
  ({ flushers = [] }) =>
    flushers.map((flusher) => `${flusher.name} (${placeWords(flusher)}): ${read(flusher)}`);

/** One line per inode that some flusher has. */
const perInode =
  (read: (inode: InodeFrame, frame: MachineFrame) => string): Term['of'] =>
  (frame) =>
    (frame.flushers ?? [])
      .flatMap(({ bDirty, bIo, bMoreIo }) => [...bDirty, ...bIo, ...bMoreIo])
      .map((inode) => `${inode.name}: ${read(inode, frame)}`);

/** What the numbers of this view are. */
export const TERMS: readonly Term[] = [
  {
    name: 'flusher:work',
    label: 'What a flusher works on',
    definition:
      'The work that wb_writeback() has in hand. Queued works come first, in the order in which they were asked for; then, every dirty_writeback_interval, kupdate; and the background, until the dirty pages are below its threshold.',
    source: 'fs/fs-writeback.c:wb_do_writeback, wb_writeback',
    rule: 'R5.13, R5.14, R5.15',
    of: perFlusher(({ work, waiting }) => `${doingWords({ work })}, ${waiting.length} waiting`),
  },
  {
    name: 'flusher:b_dirty',
    label: 'b_dirty',
    definition:
      'Inodes with dirty pages that the flusher has not taken up yet. An inode that becomes dirty goes to the newest end. queue_io() takes the oldest over to b_io: all for most works, for kupdate those older than dirty_expire_interval.',
    source: 'fs/fs-writeback.c:__mark_inode_dirty, queue_io, redirty_tail',
    rule: 'R5.11, R5.12, R5.18',
    of: perFlusher(({ bDirty }) => `${bDirty.length} inodes`),
  },
  {
    name: 'flusher:b_io',
    label: 'b_io',
    definition: 'Inodes that the flusher is going through, from the oldest on, at most 1024 pages of one at a time.',
    source: 'fs/fs-writeback.c:writeback_inodes_wb, writeback_single_inode',
    rule: 'R5.11, R5.16, R5.17',
    of: perFlusher(({ bIo }) => `${bIo.length} inodes`),
  },
  {
    name: 'flusher:b_more_io',
    label: 'b_more_io',
    definition:
      'Inodes that a slice was not enough for, and those that somebody else was writing. The next queue_io() puts them back on b_io: before what stands there, and behind it from 2.6.36 on.',
    source: 'fs/fs-writeback.c:requeue_io, queue_io',
    rule: 'R5.11, R5.12, R5.17',
    of: perFlusher(({ bMoreIo }) => `${bMoreIo.length} inodes`),
  },
  {
    name: 'flusher:dirty',
    label: 'Dirty pages of an inode',
    definition:
      'Pages of the inode with the DIRTY tag. Beside them those with the WRITEBACK tag, which are on their way to the disk.',
    source: 'mm/page-writeback.c:__set_page_dirty_nobuffers, test_set_page_writeback',
    rule: 'R5.19',
    of: perInode(
      ({ dirtyPages, writebackPages }) => `${group(dirtyPages)} dirty, ${group(writebackPages)} being written`,
    ),
  },
  {
    name: 'flusher:age',
    label: 'Age of an inode',
    definition:
      'Time since dirtied_when: since the inode became dirty, or since redirty_tail() stamped it anew because a younger one stood on b_dirty.',
    source: 'fs/fs-writeback.c:__mark_inode_dirty, redirty_tail',
    rule: 'R5.13, R5.18',
    of: perInode((inode, { nowNs }) => `${ageWords(inode, nowNs)} s`),
  },
  {
    name: 'flusher:sync',
    label: 'Who holds I_SYNC',
    definition:
      'The thread that is in writeback_single_inode() for the inode. Others that come meanwhile put it on b_more_io and go on.',
    source: 'fs/fs-writeback.c:writeback_single_inode',
    rule: 'R5.17',
    of: perInode(({ writer }) => writer || 'nobody'),
  },
];
