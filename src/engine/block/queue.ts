import type { Ns } from '../../abi/units.ts';
import type { BlockState, Request } from '../machine/block-state.ts';
import { READ, sortedFrom, WRITE } from '../machine/elevator.ts';
import { NONE } from '../machine/page-table.ts';
import type { Bio } from '../machine/sockets.ts';

// The queue's lists. Every queued request is on three: by sector, by age within its direction, and by arrival.

export function directionOf(request: Pick<Request, 'write'>): 0 | 1 {
  return request.write ? WRITE : READ;
}

/** A new request in a free slot, on no list yet. */
export function createRequest(block: BlockState, bio: Bio, cls: number, by: number, nowNs: Ns): Request {
  const id = block.freeSlots.length > 0 ? block.freeSlots.pop()! : block.requests.length;
  const pages = bio.pfns.length;
  const request: Request = {
    id,
    write: bio.write,
    cls,
    sector: bio.sector,
    sectors: pages * 8,
    pfns: bio.pfns,
    by,
    pagesBy: [0, 0, 0, 0, 0],
    queuedNs: nowNs,
    issuedNs: 0,
    noMerge: false,
  };
  request.pagesBy[by] = pages;
  block.requests[id] = request;
  return request;
}

/** The slot is free again. */
export function dropRequest(block: BlockState, id: number): void {
  block.requests[id] = undefined;
  block.freeSlots.push(id);
}

/** elv_insert(). */
export function insertRequest(block: BlockState, request: Request): void {
  const direction = directionOf(request);
  insertAt(block.sorted[direction], sortedFrom(block, direction, request.sector), request.id);
  block.fifo[direction].push(request.id);
  block.arrival.push(request.id);
  if (block.lastMerge === NONE) block.lastMerge = request.id;
}

/** Off every list: dispatched, or merged into another. Nobody may remember its number after this. */
export function takeOut(block: BlockState, request: Request): void {
  const direction = directionOf(request);
  const sorted = block.sorted[direction];
  const at = sortedFrom(block, direction, request.sector);
  if (block.nextRequest[direction] === request.id) block.nextRequest[direction] = sorted[at + 1] ?? NONE;
  removeId(sorted, request.id);
  removeId(block.fifo[direction], request.id);
  removeId(block.arrival, request.id);
  if (block.lastMerge === request.id) block.lastMerge = NONE;
}

/** deadline_merged_requests(): the survivor takes the older one's place in the line of its direction. */
export function takeOlderPlace(block: BlockState, survivor: Request, merged: Request): void {
  if (merged.queuedNs >= survivor.queuedNs) return;
  const fifo = block.fifo[directionOf(survivor)];
  removeId(fifo, survivor.id);
  insertAt(fifo, fifo.indexOf(merged.id), survivor.id);
  survivor.queuedNs = merged.queuedNs;
}

function insertAt(list: number[], at: number, id: number): void {
  list.push(id);
  for (let to = list.length - 1; to > at; to--) list[to] = list[to - 1]!;
  list[at] = id;
}

/** Moves what lies behind it up by one, from the newest end: a read waits near there, behind a hundred writes. */
function removeId(list: number[], id: number): void {
  let carried = list.pop()!;
  for (let at = list.length - 1; carried !== id; at--) {
    const here = list[at]!;
    list[at] = carried;
    carried = here;
  }
}
