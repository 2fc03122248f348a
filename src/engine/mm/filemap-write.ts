import type { Pages, Pfn } from '../../abi/units.ts';
import { copyNs } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { markPageAccessed } from '../machine/lru-moves.ts';
import { noteTouch } from '../machine/memcg.ts';
import { lockPage, unlockPage } from '../machine/page-lock.ts';
import { setPageDirty } from '../machine/page-state.ts';
import { NONE } from '../machine/page-table.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { pageAt, type Space } from '../machine/space.ts';
import type { Task } from '../machine/task.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { addNewPage } from './add-page.ts';

/** write(): filemap.c generic_perform_write(), model.md R5.1. Answers the bytes written. May block. */
export function sysWrite(k: Kernel, t: Task, space: Space, pos: number, length: number): number {
  const end = Math.min(pos + length, space.sizePages * k.pageBytes);
  if (end <= pos) return 0;
  t.writesTo = space.disk; // current->backing_dev_info: such a task may reclaim to its own congested disk (R4.1)
  return enter(t, write, { space: space.id, pos, from: pos, end, pfn: NONE });
}

interface Write extends Frame {
  space: number;
  pos: number;
  from: number;
  end: number;
  /** The page being written, locked. */
  pfn: Pfn;
}
const at = steps('begin', 'added', 'locked', 'ready', 'reread', 'commit', 'balanced', 'end');

const write = kernelFunction<Write, keyof typeof at>('generic_perform_write', ASSUMED_BYTES, at, {
  begin: (k, f, t) => {
    const space = k.space(f.space);
    const pfn = pageAt(space, indexOf(k, f));
    f.pfn = pfn;
    if (pfn !== NONE) return lockPage(k, t, pfn, at.begin, at.locked);
    return andThen(t, f, at.added, addNewPage(k, t, space, indexOf(k, f), k.call.writeBeginGfp(k)));
  },
  added: (_k, f, t) => {
    if (t.ret === NO_PAGE) return goto(t, at.end);
    if (t.ret < 0) return goto(t, at.begin); // lost the race: lock the page that won it
    f.pfn = t.ret;
    return goto(t, at.ready);
  },
  locked: (k, f, t) => {
    if (pageAt(k.space(f.space), indexOf(k, f)) === f.pfn) return goto(t, at.ready);
    unlockPage(k, f.pfn); // truncated or reclaimed while we waited
    return goto(t, at.begin);
  },
  ready: (k, f, t) => {
    if (needsRead(k, f)) return andThen(t, f, at.reread, k.call.readPages(k, t, k.space(f.space), indexOf(k, f), 1));
    return k.sched.spend(t, copyNs(chunkEnd(k, f) - f.pos), at.commit);
  },
  // The read unlocks the page when it is done: wait for the lock as anybody would.
  reread: (k, _f, t) => k.sched.payCpu(t, at.begin),
  commit: (k, f, t) => commit(k, f, t),
  balanced: (_k, f, t) => goto(t, f.pos < f.end ? at.begin : at.end),
  end: (_k, f, t) => {
    t.writesTo = NONE;
    return ret(t, f.pos - f.from);
  },
});

/** A whole aligned page needs no read, nor does a page whose block was never written (design.md, Defaults). */
function needsRead(k: Kernel, f: Write): boolean {
  const index = indexOf(k, f);
  const whole = f.pos % k.pageBytes === 0 && f.end - f.pos >= k.pageBytes;
  return !whole && !k.pages.isUptodate(f.pfn) && k.space(f.space).diskVersion[index] !== 0;
}

/** The copy is done: one mark per chunk (R3.6b), then dirty, unlock, and the dirtier's duty. */
function commit(k: Kernel, f: Write, t: Task): Next {
  const { pages } = k;
  const { pfn } = f;
  // A page that was not read goes on from what the disk has: no two writes of it share a version (I7).
  if (!pages.isUptodate(pfn)) pages.columns.version[pfn] = k.space(f.space).diskVersion[indexOf(k, f)]!;
  pages.setUptodate(pfn);
  pages.columns.version[pfn]!++;
  markPageAccessed(k, pfn);
  setPageDirty(k, t, pfn);
  unlockPage(k, pfn);
  noteTouch(k, t);
  f.pos = chunkEnd(k, f);
  return andThen(t, f, at.balanced, k.call.balanceDirtyPagesRatelimited(k, t, k.space(f.space)));
}

function indexOf(k: Kernel, f: Write): Pages {
  return Math.floor(f.pos / k.pageBytes);
}

/** Where the part of the write ends that lies in one page. */
function chunkEnd(k: Kernel, f: Write): number {
  return Math.min((indexOf(k, f) + 1) * k.pageBytes, f.end);
}
