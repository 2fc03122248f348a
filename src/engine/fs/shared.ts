import type { Pages, Pfn } from '../../abi/units.ts';
import { type CallPath, callPath, noteCallPath, SUBMIT_BIO_FRAMES } from '../machine/call-path.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { hasBit } from '../machine/page-bits.ts';
import { unlockPage } from '../machine/page-lock.ts';
import { redirtyPageForWritepage, setPageWriteback } from '../machine/page-state.ts';
import { LOCKED_BY_IO, NONE } from '../machine/page-table.ts';
import { type Sockets, WROTE } from '../machine/sockets.ts';
import { contiguousPages, pageAt, type Space, sectorOf } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import {
  andThen,
  BLOCKED,
  enterUnder,
  type Frame,
  type KernelFunction,
  ret,
  type StackFrame,
  steps,
} from '../sim/kthread.ts';

// fs/buffer.c and fs/mpage.c: what filesystems without tricks have in common.

/** What a filesystem does with the pages of its files. */
export interface Filesystem
  extends Pick<
    Sockets,
    'writepage' | 'hasWritepage' | 'doWritepages' | 'hasWritepages' | 'writeRun' | 'readPages' | 'writeBeginGfp'
  > {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  /** What of it is left out, for the reader of its name. */
  readonly leftOut: string;
  /** MachineConfig.roomPerPage. */
  readonly roomPerPage: number;
}

/** Said of every filesystem with a journal or trees on disk. */
export const METADATA_LEFT_OUT = 'journal and metadata I/O (model.md S5)';

/** bio_add_page() honours the queue's limit before BIO_MAX_PAGES. */
const BIO_SECTORS = 1024;

/** How a filesystem sends pages off: the function that waits for a request, and how deep a call goes that need not wait. */
export interface Writer<F extends Frame> {
  readonly fn: KernelFunction<Kernel, F>;
  readonly path: CallPath;
}

const passed = steps('submitted');
/** ->writepage of one page, in the frames of `name`. */
export function pageWriter(name: string, frames: readonly StackFrame[]): Writer<Frame> {
  const fn = kernelFunction<Frame, keyof typeof passed>(name, frames, passed, {
    submitted: (_k, _f, t) => ret(t, t.ret),
  });
  return { fn, path: callPath(name, [...frames, ...SUBMIT_BIO_FRAMES]) };
}

/** block_write_full_page() of one locked page, cleared for I/O: one bio of 8 sectors (R4.5). Answers WROTE. */
export function blockWriteFullPage(k: Kernel, t: Task, pfn: Pfn, writer: Writer<Frame>): number {
  const { columns } = k.pages;
  const space = k.space(columns.space[pfn]!);
  const sector = sectorOf(space, columns.index[pfn]!);
  setPageWriteback(k, pfn);
  unlockPage(k, pfn);
  noteCallPath(k, t, writer.path);
  const depth = t.stack.length;
  const answer = k.call.submitBio(k, t, { write: true, sync: false, disk: space.disk, sector, pfns: [pfn] });
  return answer === BLOCKED ? enterUnder(t, depth, writer.fn, {}, passed.submitted) : answer;
}

/** A run of locked pages, cleared for I/O: all under writeback and unlocked, then bio by bio. */
export function submitRun(
  k: Kernel,
  t: Task,
  space: Space,
  pfns: readonly Pfn[],
  { fn, path, bioEnd }: RunWriter,
): number {
  startWriteback(k, pfns);
  noteCallPath(k, t, path);
  for (let from = 0; from < pfns.length; ) {
    const to = bioEnd(k, space, pfns, from);
    const depth = t.stack.length;
    const answer = submitWrite(k, t, space, pfns.slice(from, to));
    from = to;
    if (answer !== BLOCKED) continue;
    return enterUnder(t, depth, fn, { space: space.id, left: pfns.slice(from) }, rest.next);
  }
  return 0;
}

function startWriteback(k: Kernel, pfns: readonly Pfn[]): void {
  for (let at = 0; at < pfns.length; at++) {
    setPageWriteback(k, pfns[at]!);
    unlockPage(k, pfns[at]!);
  }
}

/** Where the bio that starts with pfns[from] ends: at a gap on the disk, or full. */
function bioEnd(k: Kernel, space: Space, pfns: readonly Pfn[], from: number): number {
  const { index } = k.pages.columns;
  const first = index[pfns[from]!]!;
  const last = Math.min(pfns.length, from + contiguousPages(space, first, BIO_SECTORS / space.sectorsPerPage));
  let to = from + 1;
  while (to < last && index[pfns[to]!]! === first + to - from) to++;
  return to;
}

function submitWrite(k: Kernel, t: Task, space: Space, pfns: Pfn[]): number {
  const sector = sectorOf(space, k.pages.columns.index[pfns[0]!]!);
  return k.call.submitBio(k, t, { write: true, sync: false, disk: space.disk, sector, pfns });
}

interface WriteRun extends Frame {
  space: number;
  /** Pages not submitted yet: under writeback, so they can go nowhere. */
  left: Pfn[];
}
const rest = steps('next');

/** Where the bio ends that starts with pfns[from]. */
type BioEnd = (k: Kernel, space: Space, pfns: readonly Pfn[], from: number) => number;
export interface RunWriter extends Writer<WriteRun> {
  readonly bioEnd: BioEnd;
}

function createRunWriter(name: string, frames: readonly StackFrame[], end: BioEnd): RunWriter {
  const fn = kernelFunction<WriteRun, keyof typeof rest>(name, frames, rest, {
    next: (k, f, t) => {
      if (f.left.length === 0) return ret(t, 0);
      const space = k.space(f.space);
      const pfns = f.left.splice(0, end(k, space, f.left, 0));
      return andThen(t, f, rest.next, submitWrite(k, t, space, pfns));
    },
  });
  return { fn, path: callPath(name, [...frames, ...SUBMIT_BIO_FRAMES]), bioEnd: end };
}

/** Bios as long as the disk's layout and the queue allow: mpage_writepages() and its like. */
export function runWriter(name: string, frames: readonly StackFrame[]): RunWriter {
  return createRunWriter(name, frames, bioEnd);
}

/**
 * Page by page through ->writepage: bios of 4 KiB, which the elevator merges (S8).
 * @remarks The kernel takes the pages one by one; here all are under writeback when the first is submitted.
 */
export function pageByPageWriter(name: string, frames: readonly StackFrame[]): RunWriter {
  return createRunWriter(name, frames, (_k, _space, _pfns, from) => from + 1);
}

interface Raised extends Frame {
  readonly bump: Pages;
}
const raised = steps('written');

/** ->writepages with the slice raised by `bump` pages, which do not count as the caller's. May block. */
export function raisedWritepages(name: string): (k: Kernel, t: Task, space: Space, bump: Pages) => number {
  const fn = kernelFunction<Raised, keyof typeof raised>(name, ASSUMED_BYTES, raised, {
    written: (_k, f, t) => {
      t.wbc.nrToWrite -= f.bump;
      return ret(t, t.ret);
    },
  });
  return (k, t, space, bump) => {
    t.wbc.nrToWrite += bump;
    const depth = t.stack.length;
    const written = k.call.writeCachePages(k, t, space);
    if (written === BLOCKED) return enterUnder(t, depth, fn, { bump }, raised.written);
    t.wbc.nrToWrite -= bump;
    return written;
  };
}

/** A filesystem that would not write the page: R4.2 counts it all the same. Answers WROTE, unlocked. */
export function redirtyAndUnlock(k: Kernel, t: Task, pfn: Pfn): number {
  redirtyPageForWritepage(k, t, pfn);
  unlockPage(k, pfn);
  return WROTE;
}

/** Dirty pages from `index` on that have no block yet: what one allocation takes together, at most `most`. */
export function delayedRun({ dirtyTag, blocks }: Space, index: Pages, most: Pages): Pages {
  let at = index;
  while (at < index + most && hasBit(dirtyTag, at) && blocks.of[at] === NONE) at++;
  return at - index;
}

/**
 * mpage_readpages() of the pages [index, index + count) that the task has just added to the cache: locked by it, not up to
 * date. Their locks go over to the I/O. A page that was never written is a hole: zeroes, at once and without I/O.
 */
export function mpageReadPages(k: Kernel, t: Task, space: Space, index: Pages, count: Pages): number {
  const end = index + count;
  for (let from = index; from < end; ) {
    const pfns = readRun(k, t, space, from, end);
    if (pfns === undefined) {
      from = skip(k, t, space, from);
      continue;
    }
    const depth = t.stack.length;
    const answer = submitRead(k, t, space, from, pfns);
    from += pfns.length;
    if (answer !== BLOCKED) continue;
    return enterUnder(t, depth, readPages, { space: space.id, from, end }, left.next);
  }
  return 0;
}

/** Pages from `from` on that go into one bio; undefined where the first needs no read. */
function readRun(k: Kernel, t: Task, space: Space, from: Pages, end: Pages): Pfn[] | undefined {
  const first = pageToRead(k, t, space, from);
  if (first === NONE) return undefined;
  const pfns = [first];
  if (from + 1 === end) return pfns;
  const last = Math.min(end, from + contiguousPages(space, from, BIO_SECTORS / space.sectorsPerPage));
  for (let index = from + 1; index < last; index++) {
    const pfn = pageToRead(k, t, space, index);
    if (pfn === NONE) break;
    pfns.push(pfn);
  }
  return pfns;
}

/** The frame that is to hold the page, or NONE: a hole, or somebody else's business. */
function pageToRead(k: Kernel, t: Task, space: Space, index: Pages): Pfn {
  const pfn = pageAt(space, index);
  return pfn !== NONE && isNew(k, t, pfn) && space.diskVersion[index] !== 0 ? pfn : NONE;
}

function isNew(k: Kernel, t: Task, pfn: Pfn): boolean {
  return k.pages.isLocked(pfn) && k.pages.columns.lockedBy[pfn] === t.id && !k.pages.isUptodate(pfn);
}

/** Past a page that needs no read: somebody else's, or a hole. */
function skip(k: Kernel, t: Task, space: Space, index: Pages): Pages {
  const pfn = pageAt(space, index);
  if (pfn === NONE || !isNew(k, t, pfn)) return index + 1;
  k.pages.columns.version[pfn] = 0;
  k.pages.setUptodate(pfn);
  t.cpuDebtNs += k.zeroPageNs;
  unlockPage(k, pfn);
  return index + 1;
}

function submitRead(k: Kernel, t: Task, space: Space, index: Pages, pfns: Pfn[]): number {
  const { lockedBy } = k.pages.columns;
  for (let at = 0; at < pfns.length; at++) lockedBy[pfns[at]!] = LOCKED_BY_IO;
  return k.call.submitBio(k, t, { write: false, sync: false, disk: space.disk, sector: sectorOf(space, index), pfns });
}

interface ReadPages extends Frame {
  space: number;
  from: Pages;
  end: Pages;
}
const left = steps('next');
const readPages = kernelFunction<ReadPages, keyof typeof left>('mpage_readpages', ASSUMED_BYTES, left, {
  next: (k, f, t) => {
    const space = k.space(f.space);
    while (f.from < f.end) {
      const index = f.from;
      const pfns = readRun(k, t, space, index, f.end);
      if (pfns !== undefined) {
        f.from += pfns.length;
        return andThen(t, f, left.next, submitRead(k, t, space, index, pfns));
      }
      f.from = skip(k, t, space, index);
    }
    return ret(t, 0);
  },
});
