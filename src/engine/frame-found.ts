import type { MachineFrame } from '../abi/frame.ts';
import type { Found, FoundPage, Look, Thing } from '../abi/look.ts';
import type { Pages, Pfn, Sector } from '../abi/units.ts';
import { cellOf, countCells, lensPfns, visitCells } from './frame-cells.ts';
import type { BlockState } from './machine/block-state.ts';
import type { Kernel } from './machine/kernel.ts';
import { inLine } from './machine/line.ts';
import { ACTIVE_ANON, ACTIVE_FILE, DIRTY_FILE, INACTIVE_ANON, INACTIVE_FILE, UNEVICTABLE } from './machine/lru.ts';
import { NONE } from './machine/page-table.ts';
import { SPACE_FILE, type Space, sectorOf } from './machine/space.ts';

// Where the things that the page has lit are in this machine.

const NOT_THERE = -1;

export function foundIn(k: Kernel, look: Look, lens: MachineFrame['lens']): Found[] {
  return look.lit.map((thing) => ({ thing, ...placesOf(k, look, thing, lens) }));
}

type Places = Omit<Found, 'thing'>;

function placesOf(k: Kernel, look: Look, thing: Thing, lens: MachineFrame['lens']): Places {
  if (thing.kind === 'page') return pageFound(k, look, thing, lens);
  if (thing.kind === 'task') return {};
  const isLit = thing.kind === 'memcg' ? inGroup(k, thing.name) : inRequest(k, thing);
  return isLit === undefined ? {} : masks(k, look, lens, isLit);
}

function pageFound(
  k: Kernel,
  look: Look,
  { space, index }: Thing & { kind: 'page' },
  lens: MachineFrame['lens'],
): Places {
  const owner = k.m.spaces[space];
  if (owner === undefined) return {};
  const entry = owner.pageOf[index] ?? NONE;
  const { name } = owner;
  if (entry < 0) {
    const at = look.order === 'file' ? placeOf(k, look, entry, owner, index) : NOT_THERE;
    return { page: { ...ABSENT, name, at } };
  }
  const { columns } = k.pages;
  const list = listOf(k, entry);
  const fromTail = list === NOT_THERE ? NOT_THERE : agesBehind(k, list, entry);
  const page: FoundPage = {
    name,
    pfn: entry,
    cell: cellOf(k, entry),
    laps: k.pages.lapsOf(entry),
    list,
    fromTail,
    at: look.order === 'list' ? placeInLists(k, list, fromTail) : placeOf(k, look, entry, owner, index),
    lensAt: lensPlace(k, entry, lens.cells.length),
    memcg: columns.memcg[entry] === 0 ? '' : k.m.memcgs[columns.memcg[entry]!]!.name,
    isolatedBy: k.pages.isIsolated(entry) ? columns.isolatedBy[entry]! : NOT_THERE,
    ...requestOf(k, entry),
  };
  return { page };
}
const ABSENT: FoundPage = {
  name: '',
  pfn: NOT_THERE,
  cell: 0,
  laps: 0,
  list: NOT_THERE,
  fromTail: NOT_THERE,
  at: NOT_THERE,
  lensAt: NOT_THERE,
  memcg: '',
  isolatedBy: NOT_THERE,
  requestSector: NOT_THERE,
  isQueued: false,
};

function listOf(k: Kernel, pfn: Pfn): number {
  const { pages } = k;
  if (!pages.isOnLru(pfn)) return NOT_THERE;
  if (pages.isUnevictable(pfn)) return UNEVICTABLE;
  if (pages.isKeptDirty(pfn)) return DIRTY_FILE;
  if (pages.isSwapBacked(pfn)) return pages.isActive(pfn) ? ACTIVE_ANON : INACTIVE_ANON;
  return pages.isActive(pfn) ? ACTIVE_FILE : INACTIVE_FILE;
}

/** Pages that go before this one. Walks both ways at once, so that neither end is far. */
function agesBehind(k: Kernel, list: number, pfn: Pfn): Pages {
  const { lru } = k.m.zone;
  let older = pfn;
  let newer = pfn;
  for (let steps = 0; ; steps++) {
    older = k.lru.older(lru, older);
    if (older === NONE) return steps;
    newer = k.lru.newer(lru, newer);
    if (newer === NONE) return lru.lengths[list]! - 1 - steps;
  }
}

function placeInLists(k: Kernel, list: number, fromTail: Pages): number {
  if (list === NOT_THERE) return NOT_THERE;
  const { lengths } = k.m.zone.lru;
  const end = lengths.subarray(0, list + 1).reduce((sum, length) => sum + length, 0);
  return end - 1 - fromTail;
}

function placeOf(k: Kernel, look: Look, pfn: Pfn, space: Space, index: Pages): number {
  if (look.order === 'pfn') return pfn;
  const files = k.m.spaces.filter(({ kind, sizePages }) => kind === SPACE_FILE && sizePages > 0);
  const others = k.m.spaces.filter(({ kind, sizePages }) => kind !== SPACE_FILE && sizePages > 0);
  let from = 0;
  for (const one of [...files, ...others]) {
    if (one === space) return from + index;
    from += one.sizePages;
  }
  return NOT_THERE;
}

function lensPlace(k: Kernel, pfn: Pfn, most: Pages): number {
  const { onList, held } = lensPfns(k, most);
  return [...onList, ...held.flatMap(({ pfns }) => pfns)].slice(-most).indexOf(pfn);
}

/** A page under writeback is in a request; few are in use at a time. */
function requestOf(k: Kernel, pfn: Pfn): Pick<FoundPage, 'requestSector' | 'isQueued'> {
  if (!k.pages.isUnderWriteback(pfn) && !k.pages.isLocked(pfn)) return { requestSector: NOT_THERE, isQueued: false };
  for (const block of k.blocks) {
    const carries = (id: number) => block.requests.pfns[id]?.includes(pfn) ?? false;
    const queued = inLine(block.arrival).find(carries);
    const id = queued ?? block.inFlight.find(carries);
    if (id !== undefined) return { requestSector: block.requests.sector[id]!, isQueued: queued !== undefined };
  }
  return { requestSector: NOT_THERE, isQueued: false };
}

type IsLit = (pfn: Pfn) => boolean;

function inGroup(k: Kernel, name: string): IsLit | undefined {
  const id = k.m.memcgs.findIndex((memcg) => memcg.name === name);
  const { memcg } = k.pages.columns;
  return id < 0 ? undefined : (pfn) => memcg[pfn] === id;
}

/** The pages that lie where the request reads or writes. */
function inRequest(k: Kernel, { disk, sector, sectors }: Thing & { kind: 'request' }): IsLit | undefined {
  const block = k.blocks[disk];
  if (block === undefined) return undefined;
  const pfns = new Set<Pfn>([...carried(block, sector), ...cached(k, disk, sector, sector + sectors)]);
  return (pfn) => pfns.has(pfn);
}

function carried({ arrival, inFlight, requests }: BlockState, sector: Sector): Pfn[] {
  const id = [...inLine(arrival), ...inFlight].find((one) => requests.sector[one] === sector);
  return id === undefined ? [] : (requests.pfns[id] ?? []);
}

function cached(k: Kernel, disk: number, from: Sector, to: Sector): Pfn[] {
  const pfns: Pfn[] = [];
  for (const space of k.m.spaces) {
    if (space.disk !== disk || space.nrPages === 0) continue;
    for (const { firstIndex, pages } of pagesBetween(space, from, to))
      for (let index = firstIndex; index < firstIndex + pages; index++) {
        const pfn = space.pageOf[index]!;
        if (pfn >= 0) pfns.push(pfn);
      }
  }
  return pfns;
}

/** The pages of a file that lie between two sectors. */
function* pagesBetween(
  space: Space,
  from: Sector,
  to: Sector,
): Generator<{ readonly firstIndex: Pages; readonly pages: Pages }> {
  const { blocks, extents, sectorsPerPage } = space;
  if (blocks.room > 0) {
    for (let index = 0; index < blocks.of.length; index++) {
      if (blocks.of[index] === NONE) continue;
      const sector = sectorOf(space, index);
      if (sector >= from && sector < to) yield { firstIndex: index, pages: 1 };
    }
    return;
  }
  for (const extent of extents) {
    const first = Math.max(0, Math.ceil((from - extent.sector) / sectorsPerPage));
    const end = Math.min(extent.pages, Math.ceil((to - extent.sector) / sectorsPerPage));
    if (end > first) yield { firstIndex: extent.firstIndex + first, pages: end - first };
  }
}

function masks(k: Kernel, look: Look, lens: MachineFrame['lens'], isLit: IsLit): Places {
  const cells = new Uint8Array(countCells(k, look.order));
  visitCells(k, look.order, (at, pfn) => {
    if (isLit(pfn)) cells[at] = 1;
  });
  const { onList, held } = lensPfns(k, lens.cells.length);
  const inLens = Uint8Array.from([...onList, ...held.flatMap(({ pfns }) => pfns)], (pfn) => Number(isLit(pfn)));
  const found = { cells, lens: inLens.slice(-lens.cells.length) };
  if (!look.parts.includes('map')) return found;
  if (look.order === 'pfn') return { ...found, map: cells.slice() };
  const map = new Uint8Array(k.pages.count);
  visitCells(k, 'pfn', (at, pfn) => {
    if (isLit(pfn)) map[at] = 1;
  });
  return { ...found, map };
}
