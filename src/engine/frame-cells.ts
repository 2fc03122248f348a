import { CELL } from '../abi/frame.ts';
import { type CellOrder, HELD_CELL, type Spot, type StripFrame, type Thing } from '../abi/look.ts';
import type { Pages, Pfn } from '../abi/units.ts';
import type { Kernel } from './machine/kernel.ts';
import { INACTIVE_FILE, NR_LISTS } from './machine/lru.ts';
import { NO_SPACE, NONE } from './machine/page-table.ts';
import { SPACE_FILE, type Space } from './machine/space.ts';
import type { Task } from './machine/task.ts';

// Pages as bytes, in the orders that the pictures want.

/** CELL byte of a page. */
export function cellOf(k: Kernel, pfn: Pfn): number {
  const { pages } = k;
  const state = pages.isUnderWriteback(pfn)
    ? CELL.WRITEBACK
    : pages.isDirty(pfn) || pages.isPteDirty(pfn)
      ? CELL.DIRTY
      : CELL.CLEAN;
  return (
    state |
    (pages.isReferenced(pfn) ? CELL.REFERENCED : 0) |
    (pages.isReclaim(pfn) && pages.isUnderWriteback(pfn) ? CELL.RECLAIM : 0) |
    (pages.isSwapBacked(pfn) ? CELL.ANON : 0) |
    (pages.isIsolated(pfn) ? CELL.ISOLATED : 0) |
    (pages.isLocked(pfn) ? CELL.LOCKED : 0) |
    (pages.lapsOf(pfn) > 0 ? CELL.LAPPED : 0)
  );
}

/** Of any frame in use: also of one that is the kernel's, of a huge page, or that may not be freed. */
function frameCell(k: Kernel, pfn: Pfn): number {
  const { pages } = k;
  if (pages.isUnevictable(pfn)) return HELD_CELL.KERNEL;
  if (pages.columns.space[pfn] !== NO_SPACE || pages.isOnLru(pfn) || pages.isIsolated(pfn)) return cellOf(k, pfn);
  return pages.isCompound(pfn) ? HELD_CELL.HUGE : HELD_CELL.KERNEL;
}

/** The frame that each cell shows, NONE for a page that is not in memory or a frame that is free. */
export type Visit = (at: number, pfn: Pfn) => void;

/** Calls `visit` for the cells that show something, in the order of the cells. */
export function visitCells(k: Kernel, order: CellOrder, visit: Visit): void {
  if (order === 'list') visitLists(k, visit);
  else if (order === 'file') visitFiles(k, visit);
  else visitFrames(k, visit);
}

function visitLists(k: Kernel, visit: Visit): void {
  const { lru } = k.m.zone;
  let at = 0;
  for (let list = 0; list < NR_LISTS; list++)
    for (let pfn = lru.heads[list]!; pfn !== NONE; pfn = k.lru.older(lru, pfn)) visit(at++, pfn);
}

function visitFiles(k: Kernel, visit: Visit): void {
  let from = 0;
  for (const space of shownSpaces(k)) {
    const { pageOf, sizePages } = space;
    if (space.nrPages > 0 || space.kind !== SPACE_FILE)
      for (let index = 0; index < sizePages; index++) if (pageOf[index]! >= 0) visit(from + index, pageOf[index]!);
    from += sizePages;
  }
}

function visitFrames(k: Kernel, visit: Visit): void {
  const { pages } = k;
  for (let pfn = 0; pfn < pages.count; ) {
    if (pages.isBuddy(pfn)) pfn += 1 << pages.buddyOrder(pfn);
    else visit(pfn, pfn++);
  }
}

/** Files first; a stretch of address space that nothing can be in is no strip. */
function shownSpaces({ m }: Kernel): readonly Space[] {
  const spaces = m.spaces.filter(({ sizePages }) => sizePages > 0);
  return [...spaces.filter(({ kind }) => kind === SPACE_FILE), ...spaces.filter(({ kind }) => kind !== SPACE_FILE)];
}

export function stripsIn(k: Kernel, order: CellOrder): StripFrame[] {
  if (order === 'list') return [];
  if (order === 'pfn') return [{ kind: 'memory', name: 'memory', space: -1, pages: k.pages.count }];
  return shownSpaces(k).map(({ id, kind, name, sizePages }) => ({
    kind: kind === SPACE_FILE ? 'file' : 'anon',
    name,
    space: id,
    pages: sizePages,
  }));
}

export function countCells(k: Kernel, order: CellOrder): Pages {
  if (order === 'pfn') return k.pages.count;
  if (order === 'list') return k.m.zone.lru.lengths.reduce((sum, length) => sum + length, 0);
  return shownSpaces(k).reduce((sum, { sizePages }) => sum + sizePages, 0);
}

/** Cells in file or pfn order; in list order they are frame.ts's, which every frame needs. */
export function cellsIn(k: Kernel, order: CellOrder): Uint8Array {
  const cells = new Uint8Array(countCells(k, order));
  visitCells(k, order, (at, pfn) => {
    cells[at] = frameCell(k, pfn);
  });
  return cells;
}

/** The frames that the lens shows, oldest last: as many of the list as leave room for the batches that reclaimers hold. */
export function lensPfns(k: Kernel, most: Pages): { readonly onList: Pfn[]; readonly held: readonly HeldBatch[] } {
  const { zone, sim } = k.m;
  const held = sim.threads
    .map((thread) => ({
      t: thread as Task,
      pfns: (thread as Task).isolated.filter((pfn) => !k.pages.isSwapBacked(pfn)).reverse(),
    }))
    .filter(({ pfns }) => pfns.length > 0);
  const room = most - held.reduce((sum, { pfns }) => sum + pfns.length, 0);
  const onList: Pfn[] = [];
  let pfn = zone.lru.tails[INACTIVE_FILE]!;
  for (; pfn !== NONE && onList.length < room; pfn = k.lru.newer(zone.lru, pfn)) onList.push(pfn);
  return { onList: onList.reverse(), held };
}
interface HeldBatch {
  readonly t: Task;
  readonly pfns: Pfn[];
}

/** The page at a place of a picture, by its name in both machines. */
export function pageAtSpot(k: Kernel, order: CellOrder, spot: Spot, lensPages: Pages): Thing | undefined {
  if (spot.in === 'cells' && order === 'file') return pageOfStrip(k, spot.at);
  const pfn =
    spot.in === 'lens' ? lensPfn(k, spot.at, lensPages) : spot.in === 'map' ? spot.at : cellPfn(k, order, spot.at);
  const { space, index } = k.pages.columns;
  if (pfn === undefined || !(pfn >= 0 && pfn < k.pages.count) || space[pfn] === NO_SPACE) return undefined;
  return { kind: 'page', space: space[pfn]!, index: index[pfn]! };
}

function pageOfStrip(k: Kernel, at: number): Thing | undefined {
  let from = 0;
  for (const { id, sizePages } of shownSpaces(k)) {
    if (at < from + sizePages) return { kind: 'page', space: id, index: at - from };
    from += sizePages;
  }
  return undefined;
}

function lensPfn(k: Kernel, at: number, most: Pages): Pfn | undefined {
  const { onList, held } = lensPfns(k, most);
  return [...onList, ...held.flatMap(({ pfns }) => pfns)].slice(-most)[at];
}

function cellPfn(k: Kernel, order: CellOrder, at: number): Pfn | undefined {
  if (order === 'pfn') return at;
  const { lru } = k.m.zone;
  let from = at;
  for (let list = 0; list < NR_LISTS; list++) {
    const length = lru.lengths[list]!;
    if (from >= length) {
      from -= length;
      continue;
    }
    const isNearHead = from * 2 < length;
    let pfn = isNearHead ? lru.heads[list]! : lru.tails[list]!;
    for (let steps = isNearHead ? from : length - 1 - from; steps > 0; steps--)
      pfn = isNearHead ? k.lru.older(lru, pfn) : k.lru.newer(lru, pfn);
    return pfn;
  }
  return undefined;
}
