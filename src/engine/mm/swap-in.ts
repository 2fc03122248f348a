import type { Pages, Pfn } from '../../abi/units.ts';
import { noteReturn } from '../machine/bystanders.ts';
import { GFP_USER } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { lruCacheAdd } from '../machine/lru-moves.ts';
import { commitCharge } from '../machine/memcg.ts';
import { deleteFromSwapCache, freePage } from '../machine/page-cache.ts';
import { lockPage, unlockPage } from '../machine/page-lock.ts';
import { setPageDirty } from '../machine/page-state.ts';
import { NONE } from '../machine/page-table.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { isSwapEntry, pageAt, slotOfEntry } from '../machine/space.ts';
import { slotIsFree, swapFull } from '../machine/swap-map.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { memcgCharge } from './memcg-charge.ts';
import { allocPage } from './page-alloc.ts';

/** Slots read together: 2^page_cluster. */
const SWAP_READAHEAD_SLOTS = 8;

/** memory.c do_swap_page(), and the write fault on a page that is in the swap cache: model.md R4.10. May block. */
export function swapIn(_k: Kernel, t: Task, index: Pages, store: boolean): number {
  return enter(t, doSwapPage, { index, store, slot: NONE, next: 0, last: -1, reading: NONE });
}

interface DoSwapPage extends Frame {
  index: Pages;
  store: boolean;
  /** Slot of the page wanted. */
  slot: number;
  /** Slots still to read ahead: next … last. */
  next: number;
  last: number;
  /** Slot for which a frame is being allocated. */
  reading: number;
}
const at = steps('find', 'readSlots', 'allocated', 'submitted', 'lock', 'locked', 'charged', 'end');

const doSwapPage = kernelFunction<DoSwapPage, keyof typeof at>('do_swap_page', ASSUMED_BYTES, at, {
  find: (k, f, t) => {
    const entry = k.space(t.mm).pageOf[f.index]!;
    if (!isSwapEntry(entry)) return entry === NONE ? ret(t, 0) : writeFault(k, f, t, entry);
    f.slot = slotOfEntry(entry);
    if (k.swap.cacheOf[f.slot] !== NONE) return goto(t, at.lock); // minor fault
    k.vm[VM.pgmajfault]!++;
    planSlots(k, f);
    return goto(t, at.readSlots);
  },
  readSlots: (k, f, t) => {
    const { swap } = k;
    while (f.next <= f.last && swap.cacheOf[f.next] !== NONE) f.next++;
    if (f.next > f.last) return k.sched.payCpu(t, at.lock);
    f.reading = f.next++;
    return andThen(t, f, at.allocated, allocPage(k, t, GFP_USER));
  },
  allocated: (k, f, t) => {
    // Stop at the first failure or vanished slot; the target itself is tried again from the start.
    if (t.ret === NO_PAGE) return f.reading === f.slot ? ret(t, 0) : goto(t, at.lock);
    if (slotIsFree(k.swap, f.reading) || k.swap.cacheOf[f.reading] !== NONE) {
      freePage(k, t.ret);
      return goto(t, at.lock);
    }
    addSwapCachePage(k, t, t.ret, f.reading);
    return andThen(t, f, at.submitted, k.call.swapReadpage(k, t, t.ret));
  },
  submitted: (_k, _f, t) => goto(t, at.readSlots),
  lock: (k, f, t) => {
    const entry = k.space(t.mm).pageOf[f.index]!;
    const pfn = isSwapEntry(entry) ? k.swap.cacheOf[slotOfEntry(entry)]! : NONE;
    if (pfn === NONE) return goto(t, at.find);
    return lockPage(k, t, pfn, at.lock, at.locked);
  },
  locked: (k, f, t) => {
    const pfn = k.swap.cacheOf[f.slot]!;
    if (k.pages.columns.memcg[pfn] !== 0) return andThen(t, f, at.charged, 0);
    return andThen(t, f, at.charged, memcgCharge(k, t, GFP_USER)); // charged only when mapped (R4.10)
  },
  charged: (k, f, t) => {
    const pfn = k.swap.cacheOf[f.slot]!;
    if (t.ret < 0) {
      unlockPage(k, pfn);
      return ret(t, 0);
    }
    mapSwapPage(k, f, t, pfn, t.ret === 0);
    return goto(t, at.end);
  },
  end: (k, _f, t) => (t.cpuDebtNs > 0 ? k.sched.payCpu(t, at.end) : ret(t, 0)),
});

/** swapin_readahead(): the run of allocated slots around the target inside its 8-aligned group; slot 0 is the header. */
function planSlots(k: Kernel, f: DoSwapPage): void {
  const { swap } = k;
  const group = f.slot - (f.slot % SWAP_READAHEAD_SLOTS);
  f.next = f.slot;
  f.last = f.slot;
  while (f.next - 1 >= Math.max(1, group) && !slotIsFree(swap, f.next - 1)) f.next--;
  while (f.last + 1 < group + SWAP_READAHEAD_SLOTS && f.last + 1 < swap.slots && !slotIsFree(swap, f.last + 1))
    f.last++;
}

/** A page of the swap cache that is being read: locked, at the head of inactive anon (R3.2). */
function addSwapCachePage(k: Kernel, t: Task, pfn: Pfn, slot: number): void {
  const { pages } = k;
  pages.setAnon(pfn);
  pages.setSwapCache(pfn);
  pages.columns.swapSlot[pfn] = slot;
  k.swap.cacheOf[slot] = pfn;
  k.vm[VM.nr_file_pages]!++;
  pages.setLocked(pfn, t.id);
  lruCacheAdd(k, pfn);
}

/** The pte is there again; the slot is kept and the page clean, unless swap is full or the sole user writes (R4.10). */
function mapSwapPage(k: Kernel, f: DoSwapPage, t: Task, pfn: Pfn, charged: boolean): void {
  const { pages, m } = k;
  const space = k.space(t.mm);
  if (charged && pages.columns.memcg[pfn] === 0 && t.memcg !== 0) {
    commitCharge(k, pfn, t.memcg);
    k.lru.joinMemcg(pfn);
  }
  pages.columns.space[pfn] = space.id;
  pages.columns.index[pfn] = f.index;
  noteReturn(k, space, f.index);
  space.pageOf[f.index] = pfn;
  space.nrPages++;
  k.vm[VM.nr_anon_pages]!++;
  m.swap.users[f.slot]!--;
  pages.map(pfn, false, t.memcg);
  if (swapFull(m.swap) || f.store) reuseSwapPage(k, t, pfn);
  if (f.store) storeTo(k, pfn);
  unlockPage(k, pfn);
}

/** reuse_swap_page(), try_to_free_swap(): the slot goes and the page is dirty, if no write of it is in flight. */
function reuseSwapPage(k: Kernel, t: Task, pfn: Pfn): void {
  const { pages } = k;
  if (pages.isUnderWriteback(pfn)) return;
  const slot = pages.columns.swapSlot[pfn]!;
  if (k.swap.users[slot] !== 0) return;
  deleteFromSwapCache(k, pfn);
  setPageDirty(k, t, pfn);
}

function storeTo(k: Kernel, pfn: Pfn): void {
  k.pages.makeWritable(pfn);
  k.pages.setPteStored(pfn);
  k.pages.columns.version[pfn]!++;
}

/** do_wp_page() on an anon page of the task's own: the sole user takes it back from the swap cache. */
function writeFault(k: Kernel, f: DoSwapPage, t: Task, pfn: Pfn): Next {
  if (pageAt(k.space(t.mm), f.index) !== pfn) return goto(t, at.find);
  if (f.store) {
    if (k.pages.isInSwapCache(pfn)) reuseSwapPage(k, t, pfn);
    storeTo(k, pfn);
  } else k.pages.setYoung(pfn);
  return goto(t, at.end);
}
