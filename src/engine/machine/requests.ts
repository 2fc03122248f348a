import type { Ns, Pfn, Sector } from '../../abi/units.ts';
import { NONE } from './page-table.ts';

/** A pool lends at most 192 requests of either class (R7.5). */
export const REQUESTS_MAX = 2 * 192;

/**
 * struct request as columns: a request is the number of its row, and lists hold numbers. Its bios are of one direction,
 * contiguous and ascending on the disk (I14). A row that is free keeps what its last request held.
 */
export interface RequestColumns {
  readonly sectorsPerPage: Sector;
  /** Rows in use. */
  readonly inUse: Uint8Array;
  /** 0 read, 1 write: also which of the queue's lists it is on. */
  readonly direction: Uint8Array;
  /** Class of the pool it came from: SYNC or ASYNC. */
  readonly cls: Uint8Array;
  /** ACTOR and thread of the bio that created it. */
  readonly by: Uint8Array;
  readonly task: Int16Array;
  /** REQ_NOMERGE: a bio that was contiguous did not fit in. */
  readonly noMerge: Uint8Array;
  readonly sector: Float64Array;
  readonly sectors: Int32Array;
  /** Arrival of its oldest bio: an elevator's deadline counts from here. */
  readonly queuedNs: Float64Array;
  readonly issuedNs: Float64Array;
  /** What the drive says of it when it takes it: the split of its service time. */
  readonly seekNs: Float64Array;
  readonly rotateNs: Float64Array;
  readonly transferNs: Float64Array;
  /** Its pages, ascending on the disk. */
  readonly pfns: Pfn[][];
  /** Rows not in use; the one freed last is taken first. */
  readonly free: Int16Array;
  freeRows: number;
}

export function createRequestColumns(sectorsPerPage: Sector): RequestColumns {
  const bytes = () => new Uint8Array(REQUESTS_MAX);
  const times = () => new Float64Array(REQUESTS_MAX);
  return {
    sectorsPerPage,
    inUse: bytes(),
    direction: bytes(),
    cls: bytes(),
    by: bytes(),
    task: new Int16Array(REQUESTS_MAX),
    noMerge: bytes(),
    sector: new Float64Array(REQUESTS_MAX),
    sectors: new Int32Array(REQUESTS_MAX),
    queuedNs: times(),
    issuedNs: times(),
    seekNs: times(),
    rotateNs: times(),
    transferNs: times(),
    pfns: [], // rows are handed out lowest first: it grows as they are
    free: Int16Array.from({ length: REQUESTS_MAX }, (_, at) => REQUESTS_MAX - 1 - at),
    freeRows: REQUESTS_MAX,
  };
}

/** The requests of one direction by sector, lowest first. */
export interface Sorted {
  readonly ids: Int16Array;
  length: number;
}

export function createSorted(): Sorted {
  return { ids: new Int16Array(REQUESTS_MAX).fill(NONE), length: 0 };
}

/** Who stands at a place of the list; NONE past either end. */
export function sortedAt(list: Sorted, at: number): number {
  return at >= 0 && at < list.length ? list.ids[at]! : NONE;
}

export function insertSorted(list: Sorted, at: number, id: number): void {
  const { ids } = list;
  for (let to = list.length++; to > at; to--) ids[to] = ids[to - 1]!;
  ids[at] = id;
}

export function removeSorted(list: Sorted, at: number): void {
  const { ids } = list;
  const last = --list.length;
  for (let to = at; to < last; to++) ids[to] = ids[to + 1]!;
  ids[last] = NONE;
}

/** A request of one bio, on no list yet. The pool has said that there is a row for it. */
export function createRequest(
  requests: RequestColumns,
  direction: number,
  cls: number,
  by: number,
  task: number,
  sector: Sector,
  pfns: Pfn[],
  nowNs: Ns,
): number {
  const id = requests.free[--requests.freeRows]!;
  requests.inUse[id] = 1;
  requests.direction[id] = direction;
  requests.cls[id] = cls;
  requests.by[id] = by;
  requests.task[id] = task;
  requests.noMerge[id] = 0;
  requests.sector[id] = sector;
  requests.sectors[id] = pfns.length * requests.sectorsPerPage;
  requests.queuedNs[id] = nowNs;
  requests.pfns[id] = pfns;
  return id;
}

/** The row is free again. */
export function dropRequest(requests: RequestColumns, id: number): void {
  requests.inUse[id] = 0;
  requests.free[requests.freeRows++] = id;
}
