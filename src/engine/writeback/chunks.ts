import type { Ns, Pages } from '../../abi/units.ts';
import type { Bdi } from '../machine/bdi.ts';
import { jiffiesToNs } from '../machine/config.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import type { Task } from '../machine/task.ts';
import type { Wb } from '../machine/wb.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { redirtyTail } from './inode-placement.ts';
import { writebackSingleInode } from './single-inode.ts';

/** MIN_WRITEBACK_PAGES. */
const MIN_CHUNK_BYTES = 4 * 1048576;
/** DIRTY_SCOPE. */
const LIMIT_PARTS = 8;

/**
 * writeback_chunk_size(): half a second of the disk, or an eighth of the dirty limit, or what is left of the work, up to the
 * next multiple of 4 MiB above it: never the number itself (§9.2).
 */
export function chunkSize(k: Kernel, bdi: Bdi, nrPages: Pages): Pages {
  const { avgWriteBandwidth } = bdi.rate;
  const dirtyLimit = k.m.globalDirtyLimit.pages;
  const pages = Math.min(Math.floor(avgWriteBandwidth / 2), Math.floor(dirtyLimit / LIMIT_PARTS), nrPages);
  const least = MIN_CHUNK_BYTES / k.pageBytes;
  return (Math.floor(pages / least) + 1) * least;
}

interface ChunksFrame extends Frame {
  readonly wb: number;
  readonly nrPages: Pages;
  readonly startNs: Ns;
  wrote: Pages;
  space: number;
  chunk: Pages;
}
const at = steps('next inode', 'inode written');

/**
 * writeback_sb_inodes() of 3.2: a chunk per inode, from the oldest end of b_io, until `nrPages` are written or 100 ms have
 * passed. Answers the pages written. May block.
 */
export function writebackSbInodes(k: Kernel, t: Task, wb: Wb, nrPages: Pages): number {
  if (wb.bIo.length === 0) return 0;
  return enter(t, writebackSbInodesFunction, { wb: wb.id, nrPages, startNs: k.nowNs, wrote: 0, space: 0, chunk: 0 });
}

function nextInode(k: Kernel, f: ChunksFrame, t: Task): Next {
  const oldest = k.m.wbs[f.wb]!.bIo.at(-1);
  if (oldest === undefined) return ret(t, f.wrote);
  f.space = oldest;
  f.chunk = chunkSize(k, k.bdiOf(k.space(oldest)), f.nrPages - f.wrote);
  t.wbc.nrToWrite = f.chunk;
  t.wbc.pagesSkipped = 0;
  return andThen(t, f, at['inode written'], writebackSingleInode(k, t, k.space(oldest)));
}

function inodeWritten(k: Kernel, f: ChunksFrame, t: Task): Next {
  const { wbc } = t;
  const { hz } = k.m.config;
  f.wrote += f.chunk - wbc.nrToWrite;
  if (wbc.pagesSkipped > 0) redirtyTail(k, k.space(f.space)); // the filesystem would not: later
  const isLong = k.nowNs > f.startNs + jiffiesToNs(Math.floor(hz / 10), hz);
  if (f.wrote > 0 && (isLong || f.wrote >= f.nrPages)) return ret(t, f.wrote);
  return goto(t, at['next inode']);
}

const writebackSbInodesFunction = kernelFunction<ChunksFrame, keyof typeof at>(
  'writeback_sb_inodes',
  ASSUMED_BYTES,
  at,
  {
    'next inode': nextInode,
    'inode written': inodeWritten,
  },
);
