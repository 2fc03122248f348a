import type { Pages, Pfn } from '../../abi/units.ts';
import { congestionWait, NAP_100MS } from '../machine/congestion.ts';
import { COPY_PAGE_NS, EMPTY_PASS_NS, ISOLATE_NS, RMAP_NS } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { assumed, kernelFunction } from '../machine/kernel-function.ts';
import { INACTIVE_ANON, INACTIVE_FILE } from '../machine/lru.ts';
import { movePage } from '../machine/migrate-page.ts';
import { freePage, freePages } from '../machine/page-cache.ts';
import { lockPage, trylockPage, unlockPage, waitOnPageWriteback } from '../machine/page-lock.ts';
import { NONE } from '../machine/page-table.ts';
import { type Task, TIF_MEMDIE, TIF_SIGPENDING } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { isFinished } from './compaction-rules.ts';
import { isolateFreePages, isolateMigratePages, putbackMovable } from './compaction-scan.ts';

/** migrate_pages() goes through a batch so often, and waits for locks and writes from the fourth time on (R2.8). */
const MIGRATE_PASSES = 10;
const FORCE_FROM_PASS = 3;

/** compact_zone(): the two scanners, and the batch between them. */
export interface CompactZone extends Frame {
  readonly order: number;
  readonly type: number;
  /** Where each scanner stands: one goes up, the other down. */
  migratePfn: Pfn;
  freePfn: Pfn;
  /** Frames taken off the free lists, to be moved to. */
  free: Pfn[];
  /** Pages of the batch still to be moved, and of this pass. */
  left: Pfn[];
  pass: number;
  at: Pages;
}
const at = steps('check', 'isolate', 'migrate', 'retry', 'locked', 'passDone');

/** Moves the movable pages of the zone together until a block of the order is free or the scanners meet: model.md R2.8. May block. */
export function compactZone(k: Kernel, t: Task, order: number, type: number): number {
  const blockPages = 1 << k.zone.buddy.pageblockOrder;
  const freePfn = k.pages.count & -blockPages;
  return enter(t, compact, { order, type, migratePfn: 0, freePfn, free: [], left: [], pass: 0, at: 0 });
}

const compact = kernelFunction<CompactZone, keyof typeof at>('compact_zone', assumed('compact_zone'), at, {
  check: (k, f, t) => {
    if (!isKilled(t) && !isFinished(k, f)) return goto(t, at.isolate);
    for (const pfn of f.free) freePages(k, pfn, 0);
    return ret(t, 0);
  },
  isolate: (k, f, t) => {
    if (tooManyIsolated(k)) return isKilled(t) ? goto(t, at.check) : congestionWait(k, t, NAP_100MS, at.isolate);
    f.left = isolateMigratePages(k, t, f);
    f.pass = 0;
    f.at = 0;
    t.cpuDebtNs += EMPTY_PASS_NS + f.left.length * ISOLATE_NS;
    return k.sched.payCpu(t, f.left.length === 0 ? at.check : at.migrate);
  },
  migrate: (k, f, t) => {
    if (f.at >= f.left.length) return goto(t, at.passDone);
    if (f.free.length === 0) isolateFreePages(k, f, f.left.length);
    if (f.free.length === 0) return endBatch(k, f, t); // nowhere to move to
    return goto(t, at.retry);
  },
  retry: (k, f, t) => {
    const pfn = f.left[f.at]!;
    if (f.pass >= FORCE_FROM_PASS) return lockPage(k, t, pfn, at.retry, at.locked);
    if (trylockPage(k, t, pfn)) return goto(t, at.locked);
    f.at++; // tried again in the next pass
    return goto(t, at.migrate);
  },
  locked: (k, f, t) => {
    const pfn = f.left[f.at]!;
    if (k.pages.isUnderWriteback(pfn) && f.pass >= FORCE_FROM_PASS) return waitOnPageWriteback(k, t, pfn, at.locked);
    if (!canMove(k, pfn)) {
      unlockPage(k, pfn);
      f.at++;
    } else {
      moveOut(k, f, t, pfn);
      f.left.splice(f.at, 1);
    }
    return k.sched.payCpu(t, at.migrate);
  },
  passDone: (k, f, t) => {
    f.at = 0;
    f.pass++;
    return f.left.length === 0 || f.pass === MIGRATE_PASSES ? endBatch(k, f, t) : goto(t, at.migrate);
  },
});

/** What could not be moved goes back to its list. */
function endBatch(k: Kernel, f: CompactZone, t: Task): Next {
  for (const pfn of f.left) putbackMovable(k, pfn);
  f.left = [];
  return goto(t, at.check);
}

/** Nobody else holds it, and no write of it is in flight. A page whose file or task is gone has nothing to move. */
function canMove(k: Kernel, pfn: Pfn): boolean {
  return k.pages.columns.pins[pfn] === 0 && !k.pages.isUnderWriteback(pfn) && k.pages.columns.index[pfn] !== NONE;
}

function moveOut(k: Kernel, f: CompactZone, t: Task, pfn: Pfn): void {
  const { pages } = k;
  const to = f.free.pop()!;
  pages.clearCompound(to, 0);
  movePage(k, pfn, to);
  k.vm[VM.compact_pages_moved]!++;
  k.vm[pages.isSwapBacked(pfn) ? VM.nr_isolated_anon : VM.nr_isolated_file]!--;
  t.cpuDebtNs += COPY_PAGE_NS + (pages.isMapped(pfn) ? RMAP_NS : 0);
  unlockPage(k, pfn);
  pages.empty(pfn);
  freePage(k, pfn);
}

/** compaction.c too_many_isolated(): anon and file together. */
function tooManyIsolated(k: Kernel): boolean {
  const { lengths } = k.zone.lru;
  return k.vm[VM.nr_isolated_anon]! + k.vm[VM.nr_isolated_file]! > lengths[INACTIVE_ANON]! + lengths[INACTIVE_FILE]!;
}

function isKilled(t: Task): boolean {
  return (t.flags & (TIF_MEMDIE | TIF_SIGPENDING)) !== 0;
}
