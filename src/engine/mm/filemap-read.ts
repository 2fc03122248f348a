import type { Pages, Pfn } from '../../abi/units.ts';
import { copyNs } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { markPageAccessed } from '../machine/lru-moves.ts';
import { noteTouch } from '../machine/memcg.ts';
import { lockPage, unlockPage } from '../machine/page-lock.ts';
import { NONE } from '../machine/page-table.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { pageAt, type Space } from '../machine/space.ts';
import { type Readahead, readaheadOf, type Task } from '../machine/task.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { planMiss, planNextWindow, readaheadMax, readPagesAhead, takeReadaheadMarker } from './readahead.ts';

/** read(): filemap.c do_generic_file_read(). Answers the bytes read. */
export function sysRead(k: Kernel, t: Task, space: Space, pos: number, length: number): number {
  const end = Math.min(pos + length, space.sizePages * k.pageBytes);
  if (end <= pos) return 0;
  return enter(t, read, { space: space.id, pos, from: pos, end, pfn: NONE });
}

interface Read extends Frame {
  space: number;
  pos: number;
  from: number;
  end: number;
  /** Page pinned while its lock is awaited. */
  pfn: Pfn;
}
const at = steps('find', 'readIn', 'ahead', 'wait', 'locked', 'copy', 'next');

const read = kernelFunction<Read, keyof typeof at>('do_generic_file_read', ASSUMED_BYTES, at, {
  find: (k, f, t) => {
    const space = k.space(f.space);
    const index = indexOf(k, f);
    const ra = readaheadOf(t, f.space);
    if (pageAt(space, index) === NONE) {
      planMiss(ra, index, Math.ceil(f.end / k.pageBytes) - index, readaheadMax(k));
      return andThen(t, f, at.readIn, readPagesAhead(k, t, space, ra.start, ra.size, markerOf(ra)));
    }
    if (takeReadaheadMarker(k, space, index)) {
      planNextWindow(ra, readaheadMax(k));
      return andThen(t, f, at.ahead, readPagesAhead(k, t, space, ra.start, ra.size, markerOf(ra)));
    }
    return goto(t, at.wait);
  },
  readIn: (k, f, t) => (t.ret === NO_PAGE ? ret(t, f.pos - f.from) : k.sched.payCpu(t, at.find)),
  ahead: (k, _f, t) => k.sched.payCpu(t, at.wait),
  wait: (k, f, t) => {
    unpin(k, f);
    const pfn = pageAt(k.space(f.space), indexOf(k, f));
    if (pfn === NONE) return goto(t, at.find); // reclaimed or truncated meanwhile
    if (k.pages.isUptodate(pfn)) return goto(t, at.copy);
    f.pfn = pfn;
    k.pages.columns.pins[pfn]!++;
    return lockPage(k, t, pfn, at.wait, at.locked);
  },
  locked: (k, f, t) => {
    unlockPage(k, f.pfn);
    return goto(t, at.wait);
  },
  copy: (k, f, t) => copyOut(k, f, t),
  next: (_k, f, t) => (f.pos < f.end ? goto(t, at.find) : ret(t, f.pos - f.from)),
});

function copyOut(k: Kernel, f: Read, t: Task): Next {
  const index = indexOf(k, f);
  const ra = readaheadOf(t, f.space);
  const pfn = pageAt(k.space(f.space), index);
  // Once per page per sequential pass: going on inside the page last read does not mark it again (R3.6a).
  if (index !== ra.prevIndex || f.pos !== ra.prevEnd) markPageAccessed(k, pfn);
  const chunkEnd = Math.min((index + 1) * k.pageBytes, f.end);
  const costNs = copyNs(chunkEnd - f.pos);
  ra.prevIndex = index;
  ra.prevEnd = chunkEnd;
  noteTouch(k, t);
  f.pos = chunkEnd;
  return k.sched.spend(t, costNs, at.next);
}

function unpin(k: Kernel, f: Read): void {
  if (f.pfn === NONE) return;
  k.pages.columns.pins[f.pfn]!--;
  f.pfn = NONE;
}

function indexOf(k: Kernel, f: Read): Pages {
  return Math.floor(f.pos / k.pageBytes);
}

/** The page whose reading asks for the next window. */
function markerOf(ra: Readahead): Pages {
  return ra.asyncSize === 0 ? -1 : ra.start + ra.size - ra.asyncSize;
}
