import type { Pages } from '../../abi/units.ts';
import { GFP_USER } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { NONE } from '../machine/page-table.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { pageAt, type Space } from '../machine/space.ts';
import type { Readahead, Task } from '../machine/task.ts';
import { andThen, BLOCKED, enter, enterUnder, type Frame, goto, ret, steps } from '../sim/kthread.ts';
import { addNewPage } from './add-page.ts';

/** Largest window (model.md §0.1), and the first one (design.md, Defaults). */
const READAHEAD_MAX_BYTES = 131072;
const READAHEAD_FIRST_PAGES = 4;

/** The largest window in pages, at least one. */
export function readaheadMax(k: Kernel): Pages {
  return Math.max(1, READAHEAD_MAX_BYTES / k.pageBytes);
}

/**
 * The window to read for a miss at `index` with `asked` pages of the read() still to come: readahead.c ondemand_readahead().
 * A small random read is read as it is, in one go; so is a read with a random hint.
 */
export function planMiss(ra: Readahead, index: Pages, asked: Pages, max: Pages): void {
  const sequential = !ra.random && (index === ra.prevIndex + 1 || index === ra.start + ra.size);
  ra.start = index;
  ra.size = Math.min(sequential ? READAHEAD_FIRST_PAGES : asked, max);
  ra.asyncSize = sequential ? ra.size - 1 : 0;
}

/** The next window, twice as large: asked for when the marked page of the last one is met. */
export function planNextWindow(ra: Readahead, max: Pages): void {
  ra.start += ra.size;
  ra.size = Math.min(ra.size * 2, max);
  ra.asyncSize = ra.size;
}

/**
 * Reads `count` pages of a file from `first` on, those that are not cached; the page `marker` gets PG_readahead (-1: none).
 * readahead.c __do_page_cache_readahead(): pages are allocated and inserted one after the other, then read in as few
 * requests as the disk's layout allows. Answers 0, or NO_PAGE when memory ran out before the first page. May block.
 */
export function readPagesAhead(k: Kernel, t: Task, space: Space, first: Pages, count: Pages, marker: Pages): number {
  if (count === 1) return readOnePage(k, t, space, first);
  const last = Math.min(first + count, space.sizePages);
  return enter(t, doReadahead, { space: space.id, first, index: first, last, marker, added: 0 });
}

/** A miss without readahead: no frame unless something has to wait. */
function readOnePage(k: Kernel, t: Task, space: Space, index: Pages): number {
  const depth = t.stack.length;
  const pfn = addNewPage(k, t, space, index, GFP_USER);
  if (pfn === BLOCKED) return enterUnder(t, depth, doReadahead, onePageFrame(space, index, 0), at.added);
  if (pfn < 0) return pfn === NO_PAGE ? NO_PAGE : 0;
  if (k.call.readPages(k, t, space, index, 1) !== BLOCKED) return 0;
  return enterUnder(t, depth, doReadahead, onePageFrame(space, index, 1), at.end);
}

function onePageFrame(space: Space, index: Pages, added: Pages): DoReadahead {
  return { space: space.id, first: index, index, last: index + 1, marker: -1, added };
}

interface DoReadahead extends Frame {
  space: number;
  first: Pages;
  index: Pages;
  last: Pages;
  marker: Pages;
  added: Pages;
}
const at = steps('next', 'added', 'submit', 'end');

// 144 bytes: stack-traces.json.
const doReadahead = kernelFunction<DoReadahead, keyof typeof at>('__do_page_cache_readahead', 144, at, {
  next: (k, f, t) => {
    const space = k.space(f.space);
    while (f.index < f.last && space.pageOf[f.index] !== NONE) f.index++;
    if (f.index >= f.last) return goto(t, at.submit);
    return andThen(t, f, at.added, addNewPage(k, t, space, f.index, GFP_USER));
  },
  added: (k, f, t) => {
    if (t.ret === NO_PAGE) return f.added === 0 ? ret(t, NO_PAGE) : goto(t, at.submit);
    if (t.ret >= 0) {
      if (f.index === f.marker) k.pages.setReclaim(t.ret); // PG_readahead is the same bit
      f.added++;
    }
    f.index++;
    return goto(t, at.next);
  },
  submit: (k, f, t) => {
    if (f.added === 0) return ret(t, 0);
    return andThen(t, f, at.end, k.call.readPages(k, t, k.space(f.space), f.first, f.index - f.first));
  },
  end: (_k, _f, t) => ret(t, 0),
});

/** PageReadahead() as page_cache_async_readahead() tests it: under writeback the bit means PG_reclaim (R3.40). */
export function takeReadaheadMarker(k: Kernel, space: Space, index: Pages): boolean {
  const pfn = pageAt(space, index);
  if (pfn === NONE || !k.pages.isReclaim(pfn) || k.pages.isUnderWriteback(pfn)) return false;
  k.pages.clearReclaim(pfn);
  return true;
}
